import { defineTool, failed, succeeded, type Tool } from '@modelwright/agent';
import { z } from 'zod';
import { versionOf } from '../../core/candidate.ts';
import { candidateIn, type ManagerSeat } from '../manager-seat.ts';
import { versionFiles } from '../version-files.ts';

const MOST_CHARACTERS = 30_000;

export function readCode(seat: ManagerSeat): Tool {
  return defineTool({
    name: 'read_code',
    description: `A file of a candidate's code, at most ${MOST_CHARACTERS} characters from line \`from\` on; without a path, the list of its files with their sizes. The kit mw/, the same for all, is left out.`,
    args: z.object({
      candidate: z.string(),
      path: z.string().optional().describe('such as model.py'),
      from: z.int().positive().optional().describe('first line, from 1'),
    }),
    run: async ({ candidate, path, from = 1 }) => {
      const found = candidateIn(await seat.history(), candidate);
      if (typeof found === 'string') return failed(`read_code: ${found}`);
      const version = versionOf(found);
      if (version === null) return failed(`read_code: ${candidate} has no code yet; it is ${found.stage}`);
      const files = await versionFiles(seat.scratch, seat.store, version);
      if (path === undefined) {
        const lines = [...files].map(
          ([name, text]) => `${name}  ${text === null ? 'not text' : `${text.length} characters`}`,
        );
        return succeeded(lines.join('\n'));
      }
      const text = files.get(path);
      if (text === undefined)
        return failed(`read_code: ${candidate} has no ${path}; it has ${[...files.keys()].join(', ')}`);
      if (text === null) return failed(`read_code: ${path} is not text, or too large to read`);
      return succeeded(numbered(text, from));
    },
  });
}

function numbered(text: string, from: number): string {
  const lines = text.split('\n');
  const shown: string[] = [];
  let size = 0;
  for (const [index, line] of lines.slice(from - 1).entries()) {
    size += line.length + 8;
    if (size > MOST_CHARACTERS) break;
    shown.push(`${from + index}\t${line}`);
  }
  const last = from - 1 + shown.length;
  return last < lines.length || from > 1
    ? [...shown, `(lines ${from} to ${last} of ${lines.length})`].join('\n')
    : shown.join('\n');
}
