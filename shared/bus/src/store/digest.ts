/** sha256 in hexadecimal, and reading files in pieces small enough that hashing never holds up the event loop. */
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';

const PIECE_BYTES = 512 * 1024;

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Pieces of the file's bytes `start` … `start + length`; fewer when the file has become shorter. */
export async function* piecesOf(file: FileHandle, start: number, length: number): AsyncGenerator<Uint8Array> {
  let at = start;
  const end = start + length;
  while (at < end) {
    const buffer = Buffer.allocUnsafe(Math.min(PIECE_BYTES, end - at));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
