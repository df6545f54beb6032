/** Small files that are there whole or not at all, whatever dies meanwhile. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import type { z } from 'zod';

export async function writeWhole(path: string, value: unknown): Promise<void> {
  const temporary = `${path}.new`;
  await writeFile(temporary, JSON.stringify(value), { flush: true });
  await rename(temporary, path);
}

/** Null when there is none. */
export async function readWhole<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<z.infer<Schema> | null> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return text === null ? null : schema.parse(JSON.parse(text));
}
