/** The exit record of a job folder: there at once and whole, or not there. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ExitRecord, exitRecord } from './exit-record.ts';

export async function readExit(jobdir: string): Promise<ExitRecord | null> {
  const text = await readFile(join(jobdir, 'exit.json'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return text === null ? null : exitRecord.parse(JSON.parse(text));
}
