/** The files of a folder, read without following links, and written into a folder that was empty. */
import { constants } from 'node:fs';
import { mkdir, open, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Bounds } from './bounds.ts';
import { WorkspaceRefusal } from './refusal.ts';
import { pathObjection } from './safe-path.ts';

export interface StoredFile {
  readonly path: string;
  readonly executable: boolean;
  readonly bytes: Uint8Array;
}

/** What Python and test tools leave beside sources; never part of a candidate. */
const LEFT_BEHIND = new Set(['__pycache__', '.pytest_cache', '.ruff_cache', '.mypy_cache']);

/**
 * All files in order of their paths' bytes.
 * @throws WorkspaceRefusal on links, special files, unsafe names, and when a bound is passed.
 */
export async function readFolder(root: string, bounds: Bounds): Promise<StoredFile[]> {
  const files: StoredFile[] = [];
  let bytes = 0;
  for await (const path of pathsIn(root, '')) {
    if (files.length === bounds.files)
      throw new WorkspaceRefusal(`a candidate holds at most ${bounds.files} files`);
    const file = await readPlainFile(root, path, bounds.bytesPerFile);
    bytes += file.bytes.length;
    if (bytes > bounds.bytes) throw new WorkspaceRefusal(`a candidate holds at most ${bounds.bytes} bytes`);
    files.push(file);
  }
  return files.sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
}

/** Paths and sizes as `readFolder` would find them, without reading contents. */
export async function listFolder(root: string): Promise<Array<{ path: string; bytes: number }>> {
  const listed: Array<{ path: string; bytes: number }> = [];
  for await (const path of pathsIn(root, '')) {
    const handle = await open(join(root, path), constants.O_RDONLY | constants.O_NOFOLLOW);
    listed.push({ path, bytes: (await handle.stat().finally(() => handle.close())).size });
  }
  return listed.sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
}

/**
 * Writes files into `folder`, which is made when it is not there.
 * @throws WorkspaceRefusal when a file is there already: two names of one listing that mean the same.
 */
export async function writeFolder(folder: string, files: Iterable<StoredFile>): Promise<void> {
  await mkdir(folder, { recursive: true });
  const made = new Set(['']);
  for (const file of files) {
    const parent = dirname(file.path);
    if (parent !== '.' && !made.has(parent)) {
      await mkdir(join(folder, parent), { recursive: true });
      made.add(parent);
    }
    const mode = file.executable ? 0o755 : 0o644;
    await writeFile(join(folder, file.path), file.bytes, { mode, flag: 'wx' }).catch(
      (cause: NodeJS.ErrnoException) => {
        if (cause.code !== 'EEXIST') throw cause;
        throw new WorkspaceRefusal(`"${file.path}" is there twice`, { cause });
      },
    );
  }
}

async function* pathsIn(root: string, under: string): AsyncGenerator<string> {
  for (const entry of await readdir(join(root, under), { withFileTypes: true, encoding: 'buffer' })) {
    const name = utf8Name(entry.name);
    const path = under === '' ? name : `${under}/${name}`;
    if (LEFT_BEHIND.has(name)) continue;
    const objection = pathObjection(path);
    if (objection !== null) throw new WorkspaceRefusal(`"${path}" is not allowed: ${objection}`);
    if (entry.isDirectory()) yield* pathsIn(root, path);
    else if (entry.isFile()) yield path;
    else
      throw new WorkspaceRefusal(`"${path}" is a link or a special file: a candidate holds plain files only`);
  }
}

async function readPlainFile(root: string, path: string, most: number): Promise<StoredFile> {
  const handle = await open(join(root, path), constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const { size, mode } = await handle.stat();
    if (size > most) throw new WorkspaceRefusal(`"${path}" has ${size} bytes; a file holds at most ${most}`);
    return { path, executable: (mode & 0o100) !== 0, bytes: await handle.readFile() };
  } finally {
    await handle.close();
  }
}

function utf8Name(name: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(name);
  } catch (cause) {
    throw new WorkspaceRefusal(`the file name "${name.toString('latin1')}" is not UTF-8`, { cause });
  }
}
