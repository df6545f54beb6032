import { failed, succeeded, type Tool } from '@modelwright/agent';
import { z } from 'zod';
import type { BareSeat } from '../agent-role.ts';
import { type Environment, environmentName } from '../candidate/version-environment.ts';
import { smallFile } from '../data/small-file.ts';
import { agentJob } from '../jobs/agent-job.ts';
import { defineJobTool } from '../jobs/job-tool.ts';
import { programCommand, storePrograms, withPrograms } from '../jobs/programs.ts';

const WALL_SECONDS = 120;

/** @param environmentNow What programs run in at the time of the call. */
export function listAssets(
  { assignment, cpus, jobs, store }: BareSeat<unknown>,
  environmentNow: () => Promise<Environment | undefined> | Environment | undefined,
): Tool {
  return defineJobTool({
    name: 'list_assets',
    description:
      'Lists what programs find here, as JSON: the version of Python, the packages of the environment with their versions, processor cores, accelerators, read-only assets such as pretrained weights (files below $MW_ASSETS; none is usual), and the repositories of a model hub that libraries load by name.',
    args: z.object({}),
    jobs,
    job: async (_args, call) => {
      const programs = await storePrograms(store);
      return agentJob(assignment, cpus, {
        id: call.jobId,
        purpose: 'analysis',
        priority: 'high',
        code: { kind: 'tree', tree: programs },
        environment: await environmentNow(),
        command: programCommand('list_assets', []),
        inputs: withPrograms(programs),
        data: null,
        wallSeconds: WALL_SECONDS,
      });
    },
    tell: async ({ output, reason, stderrTail }) => {
      const found = output === null ? null : await smallFile(store, output, 'assets.json');
      if (found === null) return failed(`list_assets: ${reason}\n${stderrTail.slice(-2000)}`);
      return succeeded(`environment: ${environmentName(await environmentNow())}\n${found}`);
    },
  });
}
