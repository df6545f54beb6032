import { defineTool, failed, stepTitle, type Tool } from '@modelwright/agent';
import type { Plan } from '@modelwright/contracts';
import { z } from 'zod';
import { type AggregatorSeat, oofOf } from '../aggregator-seat.ts';

const blendFile = z.object({ weights: z.record(z.string(), z.number()), space: z.string() });

const JOINED: ReadonlyMap<string, string> = new Map([
  ['linear', 'The weighted mean of the predictions of'],
  ['logit', 'The weighted mean of the log odds that are predicted by'],
  ['log', 'The weighted mean, of the logarithms, of the predictions of'],
  ['vote', 'What the predictions have together, by weighted vote, of'],
]);

export function submitBlend(seat: AggregatorSeat): Tool {
  return defineTool({
    name: 'submit_blend',
    ends: true,
    description: 'Hands the assembled blend over and ends the assignment. The job must have finished.',
    args: z.object({ job: z.string().describe('the job of assemble_blend'), reason: z.string().min(1) }),
    run: async ({ job, reason }, call) => {
      const outcome = await seat.jobs.outcome(job);
      const oof = outcome?.output ? await oofOf(seat, outcome.output) : null;
      if (outcome?.end !== 'finished' || outcome.output === null || oof === null) {
        return failed(`submit_blend: ${job} is no finished blend; ${outcome?.reason ?? 'it has not ended'}`);
      }
      const present = await seat.tree.save(stepTitle(call.assignment, call.turn, 'submit_blend'), call.at);
      const blend = await (await seat.tree.files()).readText('blend.json');
      if (present.kind === 'refused' || blend.kind !== 'text')
        return failed('submit_blend: nothing is assembled');
      const { weights, space } = blendFile.parse(JSON.parse(blend.text));
      const { wallSeconds: assembling, output } = outcome;
      const { version } = present;
      const seconds = assembling + trainingSeconds(seat, weights);
      return {
        kind: 'final',
        content: reason,
        result: {
          role: 'aggregator',
          blend: {
            plan: planOf({ weights, space }, reason),
            weights,
            trained: { version, output, job, config: {}, oof, seconds },
          },
          reason,
        },
      };
    },
  });
}

/** What training all members again will take. */
function trainingSeconds({ work }: AggregatorSeat, weights: Readonly<Record<string, number>>): number {
  return work.members
    .filter(({ candidate }) => weights[candidate] !== undefined)
    .reduce((sum, { trained }) => sum + trained.seconds, 0);
}

function planOf({ weights, space }: z.infer<typeof blendFile>, reason: string): Plan {
  const names = Object.keys(weights).join(', ');
  return {
    name: `Blend of ${names}`,
    recipe: null,
    summary: `${JOINED.get(space) ?? 'Joined are the predictions of'} ${names}.`,
    reason,
    architecture: Object.entries(weights)
      .map(([name, weight]) => `${weight.toFixed(3)} × ${name}`)
      .join(' + '),
    pipeline: 'Each member prepares its own features.',
    loss: 'Each member has its own; the weights were chosen by the metric.',
    regularisation: 'Greedy selection with repetition; few members.',
    validation: 'Out-of-fold predictions on shared folds; the estimate is cross-fitted.',
    resources: 'The sum of its members.',
    inferenceCost: 'The sum of its members.',
    differs: 'Joins what the others do.',
    config: {},
  };
}
