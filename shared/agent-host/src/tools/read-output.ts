import { defineTool, failed, succeeded, type Tool } from '@modelwright/agent';
import type { ContentStore } from '@modelwright/bus';
import type { JobOutcome } from '@modelwright/contracts';
import { z } from 'zod';
import type { BareSeat } from '../agent-role.ts';
import { smallFile } from '../data/small-file.ts';
import { COMMAND_OUTPUT, tails } from '../jobs/command-job.ts';
import { excerpt } from './read-file.ts';

const MOST_LINES = 600;

export function readOutput({ assignment, jobs, store }: BareSeat<unknown>): Tool {
  return defineTool({
    name: 'read_output',
    description: `Reads what a job of yours said, or a text file that it left in $MW_OUT: numbered lines, at most ${MOST_LINES} at once. Negative \`from\` counts from the end.`,
    args: z.object({
      job: z.string().describe('as the tool that started it has answered'),
      path: z.string().optional().describe('a file in $MW_OUT; by default all that was said'),
      from: z.int().optional().describe('first line, from 1; -100 for the last hundred'),
      lines: z.int().positive().max(MOST_LINES).optional().describe('how many lines'),
    }),
    run: async ({ job, path, from = 1, lines = MOST_LINES }) => {
      if (!job.startsWith(`${assignment.id}_`)) return failed(`read_output: not a job of yours: ${job}`);
      const outcome = await jobs.outcome(job);
      if (outcome === null) return failed(`read_output: ${job} has not ended`);
      const text = await textOf(store, outcome, path);
      if (text === null) {
        return failed(`read_output: ${job} left no text file "${path}" of at most 1 MiB in $MW_OUT`);
      }
      const count = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
      return succeeded(excerpt(text, from < 0 ? Math.max(1, count + from + 1) : Math.max(1, from), lines));
    },
  });
}

async function textOf(
  store: ContentStore,
  outcome: JobOutcome,
  path: string | undefined,
): Promise<string | null> {
  const kept =
    outcome.output === null ? null : await smallFile(store, outcome.output, path ?? COMMAND_OUTPUT);
  return kept === null && path === undefined ? tails(outcome) : kept;
}
