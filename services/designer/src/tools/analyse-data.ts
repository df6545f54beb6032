import { failed, succeeded, type Tool } from '@modelwright/agent';
import {
  agentJob,
  defineJobTool,
  describeCommand,
  runCommand,
  type Seat,
  secondsFor,
  storePrograms,
} from '@modelwright/agent-host';
import { z } from 'zod';
import type { DesignerWork } from '../designer.ts';

const PROGRAM = 'analysis.py';

const args = z.object({
  python: z.string().min(1).max(50_000).describe('a whole program; print what you want to know'),
  seconds: z.number().positive().max(300).optional().describe('ended after that; 60 by default'),
});

/** Questions to the training data that no other tool answers. Nothing of a candidate is there, and nothing is kept. */
export function analyseData({ assignment, work, cpus, jobs, store }: Seat<DesignerWork>): Tool {
  return defineJobTool({
    name: 'analyse_data',
    description:
      'Runs a Python program of yours in a sandbox on the training data, read-only: $MW_DATA/train.csv (id, features, target, fold) and $MW_DATA/task.json, with numpy, pandas, scipy and scikit-learn, without a network. ' +
      'Answers the exit code and what it printed: the first and last 5,000 characters, the rest by read_output. Nothing else of it is kept.',
    args,
    jobs,
    job: async ({ python, seconds }, call) => {
      const wallSeconds = secondsFor(seconds, assignment, call);
      if (wallSeconds === null) return failed('analyse_data: there is no time left for it');
      const programs = await storePrograms(store);
      return agentJob(assignment, cpus, {
        id: call.jobId,
        purpose: 'analysis',
        code: { kind: 'tree', tree: programs },
        overlay: { [PROGRAM]: python },
        data: work.data.datasets.train,
        ...runCommand(`exec python ${PROGRAM}`, wallSeconds, programs),
      });
    },
    tell: async (outcome) => succeeded(await describeCommand(store, outcome)),
  });
}
