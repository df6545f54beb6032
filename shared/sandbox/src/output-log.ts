/**
 * Reads what a program has said so far from the files its supervisor keeps.
 *
 * Lines are numbered from 0 within their stream. The head grows, the tail is replaced as a whole; between
 * them lines may be missing for ever, and a reader that falls behind sees that by the numbers.
 */
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export type OutputStream = 'stdout' | 'stderr';

export interface OutputLine {
  readonly number: number;
  readonly text: string;
}

/** Where a reader is: the next line it wants, and the byte of the head where it goes on. Plain data, may be stored. */
export interface OutputPosition {
  readonly line: number;
  readonly headBytes: number;
}

export const OUTPUT_START: OutputPosition = { line: 0, headBytes: 0 };

const CHUNK_BYTES = 1024 * 1024;

/** The next lines after `position`, and the new position; no lines when there is nothing new. */
export async function readOutput(
  jobdir: string,
  stream: OutputStream,
  position: OutputPosition,
): Promise<{ lines: OutputLine[]; position: OutputPosition }> {
  // The tail first: whatever it begins with, all before it is in the head by then.
  const tail = parse(await readIfThere(join(jobdir, `${stream}.tail.log`)));
  let { headBytes } = position;
  for (;;) {
    const head = await readHead(join(jobdir, `${stream}.log`), headBytes);
    if (head.length === 0) break;
    headBytes += head.length;
    // All of a chunk may lie before the position, for a reader that knows its lines better than its bytes.
    const lines = parse(head).filter((line) => line.number >= position.line);
    if (lines.length > 0) return { lines, position: { line: after(lines, position.line), headBytes } };
  }
  const lines = tail.filter((line) => line.number >= position.line);
  return { lines, position: { line: after(lines, position.line), headBytes } };
}

/** The last `characters` of a stream, for an outcome's record; says where lines are missing. */
export async function outputTail(jobdir: string, stream: OutputStream, characters: number): Promise<string> {
  const head = await readIfThere(join(jobdir, `${stream}.log`));
  const tail = parse(await readIfThere(join(jobdir, `${stream}.tail.log`)));
  const texts: string[] = [];
  let expected: number | null = null;
  for (const line of [...parse(head.subarray(-4 * characters - 64)), ...tail]) {
    if (expected !== null && line.number > expected) texts.push(`[${line.number - expected} lines not kept]`);
    texts.push(line.text);
    expected = line.number + 1;
  }
  return texts.join('\n').slice(-characters);
}

function after(lines: OutputLine[], fallback: number): number {
  const last = lines.at(-1);
  return last === undefined ? fallback : last.number + 1;
}

/** Whole lines from `offset` on, at most a chunk. */
async function readHead(path: string, offset: number): Promise<Buffer> {
  const file = await open(path).catch(absent);
  if (file === null) return Buffer.alloc(0);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(CHUNK_BYTES), 0, CHUNK_BYTES, offset);
    return buffer.subarray(0, buffer.subarray(0, bytesRead).lastIndexOf(0x0a) + 1);
  } finally {
    await file.close();
  }
}

async function readIfThere(path: string): Promise<Buffer> {
  return (await readFile(path).catch(absent)) ?? Buffer.alloc(0);
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}

/** A first line that was cut by where reading began is left out. */
function parse(bytes: Buffer): OutputLine[] {
  const found: OutputLine[] = [];
  for (const line of bytes.toString('utf8').split('\n')) {
    const match = /^(\d+)\t(.*)$/s.exec(line);
    if (match?.[1] !== undefined && match[2] !== undefined)
      found.push({ number: Number(match[1]), text: match[2] });
  }
  return found;
}
