/** The files of a commit, read from a git directory with suspicion: its objects may come from anywhere. */
import { type Bounds, CANDIDATE_BOUNDS } from './bounds.ts';
import type { StoredFile } from './folder.ts';
import { git } from './git.ts';
import { WorkspaceRefusal } from './refusal.ts';
import { pathObjection } from './safe-path.ts';

interface TreeEntry {
  readonly path: string;
  readonly executable: boolean;
  readonly object: string;
  readonly size: number;
}

const ENTRY = /^(?<mode>\d{6}) (?<type>[a-z]+) (?<object>[0-9a-f]{40}) +(?<size>\d+|-)\t(?<path>.+)$/su;

/** Takes the objects of a bundle into a git directory. */
export async function unbundle(gitDir: string, bundleFile: string): Promise<void> {
  await git(gitDir, ['bundle', 'unbundle', bundleFile], { maxOutputBytes: 1024 * 1024 });
}

/** @throws WorkspaceRefusal on links, submodules, unsafe names, and when a bound is passed. */
export async function filesOfCommit(
  gitDir: string,
  commit: string,
  bounds = CANDIDATE_BOUNDS,
): Promise<StoredFile[]> {
  if (!/^[0-9a-f]{40}$/.test(commit)) throw new WorkspaceRefusal(`"${commit}" is not a commit id`);
  const listing = await git(gitDir, ['ls-tree', '-r', '-z', '-l', '--full-tree', commit], {
    // A path is bounded, and so is their number: a longer listing is refused whatever it holds.
    maxOutputBytes: bounds.files * 1200,
  });
  const entries = splitAtNul(listing).map(parseEntry);
  checkBounds(entries, bounds);
  return readObjects(gitDir, entries);
}

function checkBounds(entries: readonly TreeEntry[], bounds: Bounds): void {
  if (entries.length > bounds.files)
    throw new WorkspaceRefusal(`the commit holds more than ${bounds.files} files`);
  const large = entries.find((entry) => entry.size > bounds.bytesPerFile);
  if (large !== undefined) {
    throw new WorkspaceRefusal(
      `"${large.path}" has ${large.size} bytes; a file holds at most ${bounds.bytesPerFile}`,
    );
  }
  const total = entries.reduce((sum, entry) => sum + entry.size, 0);
  if (total > bounds.bytes)
    throw new WorkspaceRefusal(`the commit holds ${total} bytes, more than ${bounds.bytes}`);
}

async function readObjects(gitDir: string, entries: readonly TreeEntry[]): Promise<StoredFile[]> {
  const wanted = Buffer.from(entries.map((entry) => `${entry.object}\n`).join(''));
  const output = await git(gitDir, ['cat-file', '--batch', '--buffer'], {
    stdin: [wanted],
    maxOutputBytes: entries.reduce((sum, entry) => sum + entry.size + 100, 100),
  });
  let position = 0;
  return entries.map((entry) => {
    const header = `${entry.object} blob ${entry.size}\n`;
    const start = position + header.length;
    if (output.subarray(position, start).toString('latin1') !== header) {
      throw new WorkspaceRefusal(`"${entry.path}" cannot be read from the commit`);
    }
    position = start + entry.size + 1;
    return {
      path: entry.path,
      executable: entry.executable,
      bytes: output.subarray(start, start + entry.size),
    };
  });
}

function parseEntry(line: Buffer): TreeEntry {
  const parts = ENTRY.exec(decoded(line))?.groups;
  const { mode, type, object, size, path } = parts ?? {};
  if (object === undefined || path === undefined)
    throw new WorkspaceRefusal('the commit has an unreadable entry');
  const objection = pathObjection(path);
  if (objection !== null) throw new WorkspaceRefusal(`"${path}" is not allowed: ${objection}`);
  if (type !== 'blob' || (mode !== '100644' && mode !== '100755')) {
    throw new WorkspaceRefusal(`"${path}" is a link or a submodule: a candidate holds plain files only`);
  }
  return { path, executable: mode === '100755', object, size: Number(size) };
}

function decoded(line: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(line);
  } catch (cause) {
    throw new WorkspaceRefusal(`the commit has a file name that is not UTF-8: "${line.toString('latin1')}"`, {
      cause,
    });
  }
}

function splitAtNul(listing: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; start < listing.length; ) {
    const end = listing.indexOf(0, start);
    lines.push(listing.subarray(start, end));
    start = end + 1;
  }
  return lines;
}
