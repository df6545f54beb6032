import { defineTool, failed, succeeded, type Tool } from '@modelwright/agent';
import { excerpt } from '@modelwright/agent-host';
import { z } from 'zod';
import { versionOf } from '../../../core/candidate.ts';
import { candidateIn, type ManagerSeat } from '../manager-seat.ts';
import { versionFiles } from '../version-files.ts';

const MOST_LINES = 600;

export function readCode(seat: ManagerSeat): Tool {
  return defineTool({
    name: 'read_code',
    description: `A file of a candidate's code, at most ${MOST_LINES} numbered lines from line \`from\` on; without a path, the list of its files with their sizes. The kit mw/, the same for all, is left out.`,
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
      return succeeded(excerpt(text, from, MOST_LINES));
    },
  });
}
