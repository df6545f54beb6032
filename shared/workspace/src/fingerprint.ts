/** One hash for the names, modes and contents of a set of files: equal if and only if nothing changed. */
import { createHash } from 'node:crypto';
import type { StoredFile } from './folder.ts';

export function fingerprintOf(files: readonly StoredFile[]): string {
  const sorted = files.toSorted((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
  const hash = createHash('sha256');
  for (const file of sorted) {
    hash.update(`${JSON.stringify(file.path)} ${file.executable} ${file.bytes.length}\n`).update(file.bytes);
  }
  return hash.digest('hex');
}
