import { failed, succeeded, type Tool } from '@modelwright/agent';
import { z } from 'zod';
import type { Seat } from '../agent-role.ts';
import { smallFile } from '../data/small-file.ts';
import { agentJob } from '../jobs/agent-job.ts';
import { defineJobTool } from '../jobs/job-tool.ts';
import { programCommand, storePrograms, withPrograms } from '../jobs/programs.ts';
import type { OnData } from './on-data.ts';

const WALL_SECONDS = 300;
const MOST_CHARACTERS = 24_000;

export function dataProfile<Work extends OnData>({ assignment, work, cpus, jobs, store }: Seat<Work>): Tool {
  return defineJobTool({
    name: 'data_profile',
    description:
      'Measures the training data beyond the card, as JSON. Without columns: the target in each fold, repeated rows, columns that say the same, and of each column missing cells, distinct values and the strength of its relation to the target (0 to 1, one column at a time). ' +
      'With columns: quantiles, levels, values far out, and the target over ranges or levels of each. Shares lie between 0 and 1.',
    args: z.object({
      columns: z.array(z.string()).max(20).optional().describe('names of features; none for the overview'),
    }),
    jobs,
    job: async ({ columns = [] }, call) => {
      const programs = await storePrograms(store);
      return agentJob(assignment, cpus, {
        id: call.jobId,
        purpose: 'analysis',
        priority: 'high',
        code: { kind: 'tree', tree: programs },
        command: programCommand('data_profile', columns),
        inputs: withPrograms(programs),
        data: work.data.datasets.train,
        wallSeconds: WALL_SECONDS,
      });
    },
    tell: async ({ output, reason, stderrTail }) => {
      const profile = output === null ? null : await smallFile(store, output, 'profile.json');
      if (profile === null) return failed(`data_profile: ${reason}\n${stderrTail.slice(-2000)}`);
      if (profile.length <= MOST_CHARACTERS) return succeeded(profile);
      return failed(
        `data_profile: the answer has ${profile.length} characters; ask for fewer columns at once`,
      );
    },
  });
}
