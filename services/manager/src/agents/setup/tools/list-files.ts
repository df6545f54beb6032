import { defineTool, failed, succeeded, type Tool } from '@modelwright/agent';
import { z } from 'zod';
import type { SetupSeat } from '../setup-seat.ts';

const AT_ONCE = 200;

export function listFiles({ files }: SetupSeat): Tool {
  return defineTool({
    name: 'list_files',
    description: `Lists files of the folder: one line each, size in bytes and path; at most ${AT_ONCE} at once.`,
    args: z.object({
      folder: z.string().optional().describe('only below this subfolder, such as images'),
      from: z.int().positive().optional().describe('the first to be listed, from 1'),
    }),
    run: ({ folder = '', from = 1 }) => {
      const below = folder.replace(/\/+$/, '');
      const all = files.filter(({ path }) => below === '' || path.startsWith(`${below}/`));
      if (all.length === 0) return Promise.resolve(failed(`list_files: there are no files below ${below}`));
      const shown = all.slice(from - 1, from - 1 + AT_ONCE);
      const lines = shown.map(({ path, bytes }) => `${String(bytes).padStart(12)}  ${path}`);
      const part =
        shown.length === all.length ? [] : [`(${from} to ${from - 1 + shown.length} of ${all.length})`];
      return Promise.resolve(succeeded([...lines, ...part].join('\n')));
    },
  });
}
