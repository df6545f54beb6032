/** Brings bytecode that was compiled elsewhere to its sources, file by file, while programs use them. */
import { lstat, mkdir, readdir, rename } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

/**
 * @param compiled Holds for each source `<path of its folder>/<name>.<tag>.pyc`, as an interpreter with a prefix for its
 *   cache leaves it.
 */
export async function moveCompiled(compiled: string, environment: string): Promise<void> {
  const mirrored = join(compiled, environment);
  for (const entry of await readdir(mirrored, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.pyc')) continue;
    const sources = join(environment, relative(mirrored, entry.parentPath));
    const target = join(sources, '__pycache__', entry.name);
    await mkdir(dirname(target), { mode: 0o755 }).catch(ignoreThere);
    // A package may have brought a link in the place of this folder.
    if (!(await lstat(dirname(target))).isDirectory()) continue;
    await rename(join(entry.parentPath, entry.name), target);
  }
}

function ignoreThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
