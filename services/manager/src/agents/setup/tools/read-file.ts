/** The user's own files are read as text only: nothing in them is ever run here. */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { defineTool, failed, succeeded, type Tool } from '@modelwright/agent';
import { relativePath } from '@modelwright/contracts';
import { z } from 'zod';
import type { SetupSeat } from '../setup-seat.ts';

const MOST_LINES = 200;
const MOST_OF_A_LINE = 500;
const MOST_CHARACTERS = 16_000;
/** What a file is read of at most to reach the lines that are asked for. */
const MOST_BYTES = 64 * 1024 * 1024;

export function readFile({ folder, files }: Pick<SetupSeat, 'folder' | 'files'>): Tool {
  return defineTool({
    name: 'read_file',
    description: `Reads lines of a text file as they are written, each with its number: at most ${MOST_LINES} at once, long lines cut.`,
    args: z.object({
      path: relativePath.describe('as list_files has it'),
      from: z.int().positive().optional().describe('first line, from 1'),
      lines: z.int().positive().max(MOST_LINES).optional().describe('how many; 50 when not said'),
    }),
    run: async ({ path, from = 1, lines = 50 }) => {
      const file = files.find((one) => one.path === path);
      if (file === undefined) return failed(`read_file: there is no file ${path}`);
      if (file.bytes === 0) return succeeded('(the file is empty)');
      const read = await excerptOf(join(folder, path), from, lines);
      if (read === 'binary') return failed(`read_file: ${path} is not text`);
      return succeeded(read.length === 0 ? `(the file has fewer than ${from} lines)` : read.join('\n'));
    },
  });
}

async function excerptOf(file: string, from: number, count: number): Promise<string[] | 'binary'> {
  const stream = createReadStream(file, { end: MOST_BYTES });
  const shown: string[] = [];
  let number = 0;
  let characters = 0;
  try {
    for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
      number += 1;
      if (line.includes('\0')) return 'binary';
      if (number < from) continue;
      const text = line.length > MOST_OF_A_LINE ? `${line.slice(0, MOST_OF_A_LINE)} …` : line;
      characters += text.length;
      if (characters > MOST_CHARACTERS) break;
      shown.push(`${number}\t${text}`);
      if (shown.length === count) break;
    }
  } finally {
    stream.destroy();
  }
  return shown;
}
