/** What an attempt holds, in its folder: a later process of the runner puts it back into the book. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { HeldAccelerator } from '../../handlers/executor.ts';

const NAME = 'accelerators.json';
const record = z.array(z.string());

/** Before the program is started. @param folder Of the attempt; the program does not see it. */
export async function recordHeld(folder: string, accelerators: readonly HeldAccelerator[]): Promise<void> {
  const path = join(folder, NAME);
  await writeFile(`${path}.new`, JSON.stringify(accelerators.map((one) => one.uuid)));
  await rename(`${path}.new`, path);
}

/** UUIDs; none where nothing was recorded. */
export async function readHeld(folder: string): Promise<string[]> {
  const text = await readFile(join(folder, NAME), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '[]';
    throw error;
  });
  return record.parse(JSON.parse(text));
}
