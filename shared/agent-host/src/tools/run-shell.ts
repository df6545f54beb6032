import type { Tool } from '@modelwright/agent';
import { failed, stepTitle, succeeded } from '@modelwright/agent';
import { z } from 'zod';
import type { CandidateSeat } from '../agent-role.ts';
import { candidateJob } from '../jobs/candidate-job.ts';
import { describeCommand, runCommand, secondsFor } from '../jobs/command-job.ts';
import { defineJobTool } from '../jobs/job-tool.ts';
import { storePrograms } from '../jobs/programs.ts';
import type { OnData } from './on-data.ts';

const args = z.object({
  command: z.string().min(1).max(20_000).describe('for /bin/sh, started in a copy of the candidate'),
  seconds: z.number().positive().max(600).optional().describe('ended after that; 60 by default'),
});

export function runShell<Work extends OnData>(seat: CandidateSeat<Work>): Tool {
  const { assignment, work, cpus, jobs, store, tree } = seat;
  return defineJobTool({
    name: 'run_shell',
    description:
      "Runs a shell command in a sandbox, in a copy of the candidate as it stands and in the candidate's environment, with the training data at $MW_DATA. " +
      'No network, nothing on standard input; what it changes in the copy is thrown away, what it leaves in $MW_OUT is listed. ' +
      'Answers the exit code and the output: its first and last 5,000 characters, the rest by read_output. For experiments and measurements: what is to last goes through write_file and edit_file.',
    args,
    jobs,
    job: async ({ command, seconds }, call) => {
      const saved = await tree.save(stepTitle(call.assignment, call.turn, 'run_shell'), call.at);
      if (saved.kind === 'refused') return failed(`run_shell: ${saved.reason}`);
      const wallSeconds = secondsFor(seconds, assignment, call);
      if (wallSeconds === null) return failed('run_shell: there is no time left for it');
      const data = work.data.datasets.train;
      const { version } = saved;
      const command_ = runCommand(command, wallSeconds, await storePrograms(store));
      return candidateJob(assignment, cpus, { id: call.jobId, purpose: 'shell', version, data, ...command_ });
    },
    tell: async (outcome) => succeeded(await describeCommand(store, outcome)),
  });
}
