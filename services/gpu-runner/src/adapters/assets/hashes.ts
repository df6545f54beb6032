/** Hashes of files, read piece by piece. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';

const PIECE = 1024 * 1024;

export interface FileHashes {
  readonly bytes: number;
  readonly sha256: string;
  /** As git names a file: the SHA-1 of `blob <size>`, a zero byte and the content. */
  readonly gitHash: string;
}

export async function hashesOf(path: string): Promise<FileHashes> {
  const { size: bytes } = await stat(path);
  const [sha256, git] = [createHash('sha256'), createHash('sha1').update(`blob ${bytes}\0`)];
  for await (const piece of createReadStream(path, { highWaterMark: PIECE })) {
    sha256.update(piece);
    git.update(piece);
  }
  return { bytes, sha256: sha256.digest('hex'), gitHash: git.digest('hex') };
}
