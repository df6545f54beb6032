/** The blend as a candidate of its own: its members' code and models in one work tree, put together by a job. */
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Call,
  defineTool,
  failed,
  stepTitle,
  succeeded,
  type Tool,
  type ToolOutcome,
} from '@modelwright/agent';
import { candidateJob } from '@modelwright/agent-host';
import { checkoutBundle } from '@modelwright/workspace';
import { z } from 'zod';
import { blendEnvironment } from '../../../core/blend-environment.ts';
import { type AggregatorSeat, type AggregatorWork, oofOf } from '../aggregator-seat.ts';
import type { BlendEstimates, Space } from '../blend-estimate.ts';

const WALL_SECONDS = 600;

const args = z.object({
  weights: z.record(z.string(), z.number().positive()).describe('weight of each member, by candidate id'),
});
type Weights = z.infer<typeof args>['weights'];
/** What stands in `blend.json`: as the estimate has joined them. */
interface Joining {
  readonly weights: Weights;
  readonly space: Space;
}
type Member = AggregatorWork['members'][number];

export function assembleBlend(seat: AggregatorSeat, estimates: BlendEstimates): Tool {
  const joining = async (weights: Weights): Promise<Joining> => ({
    weights,
    space: await estimates.space(Object.keys(weights)),
  });
  return defineTool({
    name: 'assemble_blend',
    description:
      'Puts the members into one candidate with these weights, as a job. Answers JSON: job, outcome, reason, oof (score of the blended out-of-fold predictions), seconds.',
    args,
    run: async ({ weights }, call) => {
      const members = membersOf(seat.work, weights);
      if (members === null)
        return failed('assemble_blend: the weights must name at least two scored candidates');
      const saved = await written(seat, members, await joining(weights), call);
      if (saved.kind === 'refused') return failed(`assemble_blend: ${saved.reason}`);
      const inputs = members.map(
        ({ candidate, trained }) => [candidate, { tree: trained.output, path: null }] as const,
      );
      const job = candidateJob(seat.assignment, seat.cpus, {
        id: call.jobId,
        purpose: 'assemble',
        priority: 'high',
        version: saved.version,
        command: ['python', 'assemble.py'],
        data: seat.work.data.datasets.train,
        inputs: Object.fromEntries(inputs),
        wallSeconds: WALL_SECONDS,
      });
      await seat.jobs.submit(job);
      return waitFor(call);
    },
    resume: async ({ weights }, call) => {
      const outcome = await seat.jobs.outcome(call.jobId);
      if (outcome === null) return waitFor(call);
      const members = membersOf(seat.work, weights);
      if (members !== null) await written(seat, members, await joining(weights), call);
      const { end, reason, wallSeconds, output } = outcome;
      const oof = end === 'finished' && output !== null ? await oofOf(seat, output) : null;
      return succeeded(JSON.stringify({ job: call.jobId, outcome: end, reason, oof, seconds: wallSeconds }));
    },
  });
}

function waitFor({ jobId }: Call): ToolOutcome {
  return { kind: 'wait', condition: { jobs: [jobId], until: null } };
}

function membersOf(work: AggregatorWork, weights: Weights): Member[] | null {
  const members = work.members.filter(({ candidate }) => weights[candidate] !== undefined);
  return members.length >= 2 && members.length === Object.keys(weights).length ? members : null;
}

/** Writes the members into the work tree: the same files whenever the call is run. */
async function written(seat: AggregatorSeat, members: readonly Member[], joining: Joining, call: Call) {
  const { store, tree, scratch } = seat;
  const found = blendEnvironment(members.map(({ trained }) => trained.version));
  if (found.kind === 'conflict') return { kind: 'refused', reason: found.reason } as const;
  if (found.environment !== undefined) tree.runIn(found.environment);
  const files = await tree.files();
  const place = join(files.folder, 'members');
  await rm(place, { recursive: true, force: true });
  await scratch.use('members', async (folder) => {
    for (const { candidate, trained } of members) {
      const bundle = join(folder, `${candidate}.bundle`);
      await store.getFile(trained.version.bundle, bundle);
      // Git never works inside the work tree: the files come from beside it.
      await checkoutBundle(bundle, trained.version.commit, join(folder, candidate));
      await cp(join(folder, candidate), join(place, candidate), { recursive: true });
      const config = `${JSON.stringify(trained.config, null, 2)}\n`;
      await files.writeText(`members/${candidate}/config.json`, config);
    }
  });
  await files.writeText('blend.json', `${JSON.stringify(joining, null, 2)}\n`);
  return await tree.save(stepTitle(call.assignment, call.turn, 'assemble_blend'), call.at);
}
