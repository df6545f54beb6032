/** What is known of files and folders without reading them. */
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Of all files in it; links are not followed, files with several names count once. */
export async function folderBytes(folder: string): Promise<number> {
  const seen = new Set<number>();
  let total = 0;
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const { ino, size } = await lstat(join(entry.parentPath, entry.name));
    if (!seen.has(ino)) total += size;
    seen.add(ino);
  }
  return total;
}

export async function pathExists(path: string): Promise<boolean> {
  return await lstat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return false;
      throw error;
    },
  );
}
