/** What a model hub says of a repository at a revision: the commit, the licence, and its files. */
import { type AssetPin, relativePath } from '@modelwright/contracts';
import { z } from 'zod';
import { matches } from './asset-rules.ts';

const text = z.string().min(1);
const answer = z.object({
  sha: z.string().regex(/^[0-9a-f]{40}$/),
  cardData: z
    .object({ license: z.union([text, z.array(text)]).optional(), license_name: text.optional() })
    .nullish()
    .catch(null),
  siblings: z.array(
    z.object({
      rfilename: relativePath,
      size: z.int().nonnegative().optional(),
      blobId: z
        .string()
        .regex(/^[0-9a-f]{40}$/)
        .optional(),
      lfs: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), size: z.int().nonnegative() }).nullish(),
    }),
  ),
});

/** Of one asset. */
export const MOST_FILES = 20_000;

export type Listing =
  | { readonly kind: 'listed'; readonly pin: AssetPin }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * @param said What the hub answers about a revision, with `blobs=true`.
 * @param wanted Names or patterns of files; all when empty.
 */
export function readListing(said: unknown, wanted: readonly string[]): Listing {
  const read = answer.safeParse(said);
  if (!read.success)
    return refused(`what it answers cannot be read (${z.prettifyError(read.error).slice(0, 200)})`);
  const { sha: commit, cardData, siblings } = read.data;
  const lacking = wanted.filter((pattern) => !siblings.some((one) => matches(pattern, one.rfilename)));
  if (lacking.length > 0) return refused(`it has no ${lacking.join(', ')} at ${commit}`);
  const files: AssetPin['files'] = [];
  for (const { rfilename: path, size, blobId, lfs } of siblings) {
    if (wanted.length > 0 && !wanted.some((pattern) => matches(pattern, path))) continue;
    const bytes = lfs?.size ?? size;
    if (bytes === undefined || blobId === undefined) return refused(`it tells no size or hash of ${path}`);
    files.push({ path, bytes, sha256: lfs?.sha256 ?? null, gitHash: blobId });
  }
  if (files.length === 0) return refused(`it has no files at ${commit}`);
  if (files.length > MOST_FILES) {
    return refused(
      `it has ${files.length} files; an asset has at most ${MOST_FILES}: name those that are needed`,
    );
  }
  const clash = fileAndFolder(files.map(({ path }) => path));
  if (clash !== null) return refused(`it lists ${clash} as a file and as a folder`);
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { kind: 'listed', pin: { commit, licence: licence(cardData), files } };
}

/** A path that others lie below; null when there is none. */
function fileAndFolder(paths: readonly string[]): string | null {
  const files = new Set(paths);
  for (const path of paths) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      if (files.has(path.slice(0, end))) return path.slice(0, end);
    }
  }
  return null;
}

function licence(card: z.infer<typeof answer>['cardData']): string | null {
  const stated = card?.license;
  const name = Array.isArray(stated) ? stated.join(', ') : stated;
  // `other` is what a repository says whose licence has a name of its own.
  return (name === 'other' ? card?.license_name : undefined) ?? name ?? null;
}

function refused(reason: string): Listing {
  return { kind: 'refused', reason };
}
