import { defineTool, failed, succeeded, type Tool } from '@modelwright/agent';
import { z } from 'zod';
import type { CandidateTree } from '../candidate/candidate-tree.ts';

const MOST_LINES = 600;
const MOST_CHARACTERS = 40_000;

export function readFile(tree: CandidateTree): Tool {
  return defineTool({
    name: 'read_file',
    description: `Reads a text file of the candidate. Each line comes as its number, a tab, and its text; at most ${MOST_LINES} lines at once.`,
    args: z.object({
      path: z.string().describe('relative to the candidate, such as model.py'),
      from: z.int().positive().optional().describe('first line, from 1'),
      lines: z.int().positive().max(MOST_LINES).optional().describe('how many lines'),
    }),
    run: async ({ path, from = 1, lines = MOST_LINES }) => {
      const reading = await (await tree.files()).readText(path);
      if (reading.kind === 'refused') return failed(`read_file: ${reading.reason}`);
      return succeeded(excerpt(reading.text, from, lines));
    },
  });
}

/** Numbered lines, and below them what was left out. */
export function excerpt(text: string, from: number, count: number): string {
  const all = text.endsWith('\n') ? text.slice(0, -1).split('\n') : text.split('\n');
  if (text === '') return '(the file is empty)';
  if (from > all.length) return `(the file has ${all.length} lines)`;
  const shown: string[] = [];
  let characters = 0;
  for (const [index, line] of all.slice(from - 1, from - 1 + count).entries()) {
    const numbered = `${from + index}\t${line.length > 2000 ? `${line.slice(0, 2000)} …` : line}`;
    characters += numbered.length;
    if (characters > MOST_CHARACTERS) break;
    shown.push(numbered);
  }
  const last = from - 1 + shown.length;
  const note = from > 1 || last < all.length ? [`(lines ${from} to ${last} of ${all.length})`] : [];
  return [...shown, ...note].join('\n');
}
