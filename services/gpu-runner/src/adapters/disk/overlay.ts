/** Files that a job puts over its code. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PermanentFailure } from '@modelwright/bus';

/** A folder where a file is to be, or a file where a folder is. */
const CLASHES = new Set(['EISDIR', 'ENOTDIR', 'EEXIST']);

export async function overlay(work: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    try {
      await mkdir(dirname(join(work, path)), { recursive: true });
      await writeFile(join(work, path), content);
    } catch (cause) {
      throw isClash(cause) ? refusal(path, cause) : cause;
    }
  }
}

function isClash(error: unknown): boolean {
  return error instanceof Error && 'code' in error && CLASHES.has(String(error.code));
}

function refusal(path: string, cause: unknown): PermanentFailure {
  const why = 'a folder lies where a file is to be, or a file where a folder is';
  return new PermanentFailure('unusable-overlay', `"${path}" cannot be laid over the code: ${why}`, {
    cause,
  });
}
