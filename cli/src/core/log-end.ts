/** The end of a program's log, as far as it says why the program ended. */
import { z } from 'zod';
import { harmless } from './text/shorten.ts';

/** A line that our own services write. */
const serviceLine = z.object({
  msg: z.string(),
  err: z.object({ message: z.string() }).optional(),
});

/** The last lines, frames of stacks left out, structured ones by their message. */
export function logEnd(text: string, lines: number): string {
  return text
    .trimEnd()
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s+at /.test(line))
    .map(readable)
    .slice(-lines)
    .join('\n');
}

function readable(line: string): string {
  if (!line.startsWith('{')) return harmless(line);
  const parsed = serviceLine.safeParse(jsonOf(line));
  if (!parsed.success) return harmless(line);
  const { msg, err } = parsed.data;
  return harmless(err === undefined ? msg : `${msg}: ${err.message}`);
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
