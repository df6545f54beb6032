/** Files that are no part of the task's data, such as pretrained weights: asked for by source, named by their content. */
import { z } from 'zod';
import { id } from '../ids.ts';
import { relativePath, sha256 } from '../ref.ts';

export const assetSource = z.discriminatedUnion('kind', [
  /** A repository of a model hub. `revision` is a commit, a tag or a branch; `files` are names or globs, all when empty. */
  z.object({
    kind: z.literal('hub'),
    repository: z.string().regex(/^[\w.-]+(\/[\w.-]+)?$/, 'must be organisation/name'),
    revision: z.string().min(1).max(200).default('main'),
    files: z.array(z.string().min(1).max(300)).max(100).default([]),
  }),
  z.object({ kind: z.literal('url'), url: z.url({ protocol: /^https?$/ }), sha256 }),
  /** Below the folder that the site provides on its hosts. */
  z.object({ kind: z.literal('site'), path: relativePath }),
]);
export type AssetSource = z.infer<typeof assetSource>;

/** `name` is the folder below $MW_ASSETS. */
export const assetRequest = z.object({ name: id, source: assetSource });
export type AssetRequest = z.infer<typeof assetRequest>;

/** What was provided: `sha256` is that of the manifest of its files; `licence` as the source states it. */
export const assetRecord = z.object({
  name: id,
  source: z.string(),
  sha256,
  bytes: z.int().nonnegative(),
  licence: z.string().nullable(),
});
export type AssetRecord = z.infer<typeof assetRecord>;
