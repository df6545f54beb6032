/** Reads a program's `metrics.jsonl` while it grows. The file is a stranger's: no link is followed, no pipe waited for. */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

export interface NewLines {
  readonly lines: readonly string[];
  /** How far they reach. */
  readonly bytes: number;
}

const CHUNK_BYTES = 512 * 1024;
const NOTHING: NewLines = { lines: [], bytes: 0 };

/** Whole lines from `offset` on, at most a chunk. */
export async function newLines(path: string, offset: number): Promise<NewLines> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ELOOP' || error.code === 'ENXIO') return null;
      throw error;
    },
  );
  if (file === null) return NOTHING;
  try {
    return (await file.stat()).isFile() ? await wholeLines(file, offset) : NOTHING;
  } finally {
    await file.close();
  }
}

async function wholeLines(file: FileHandle, offset: number): Promise<NewLines> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(CHUNK_BYTES), 0, CHUNK_BYTES, offset);
  const end = buffer.subarray(0, bytesRead).lastIndexOf(0x0a) + 1;
  // A line longer than a chunk is no reading: it is passed over.
  if (end === 0) return { lines: [], bytes: bytesRead === CHUNK_BYTES ? bytesRead : 0 };
  return { lines: buffer.toString('utf8', 0, end - 1).split('\n'), bytes: end };
}
