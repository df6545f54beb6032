/** The aggregator: a blend where it is better than the best single candidate beyond doubt, otherwise that candidate. */
import { isBetter, score } from '@modelwright/contracts';
import { type AggregatorBrief, type BlendReport, blendReport } from '@modelwright/llm';
import { z } from 'zod';
import { type Answer, calling, givingUp } from '../answer.ts';
import { readAnswer, type Step } from '../steps.ts';

const assembled = z.object({
  job: z.string(),
  outcome: z.string(),
  reason: z.string().catch(''),
  oof: score.nullable(),
});

export function aggregate(brief: AggregatorBrief, steps: readonly Step[]): Answer {
  const last = steps.at(-1);
  const names = brief.members.map(({ candidate }) => candidate);
  if (last === undefined) {
    return calling(`How would ${names.join(', ')} do together?`, 'blend_predictions', { members: names });
  }
  switch (last.name) {
    case 'blend_predictions':
      return afterEstimate(brief, last);
    case 'assemble_blend':
      return afterAssembly(brief, last, steps);
    default:
      return givingUp(`It was refused: ${last.content}`);
  }
}

function afterEstimate(brief: AggregatorBrief, step: Step): Answer {
  const found = step.failed ? null : readAnswer(step, blendReport);
  if (found === null)
    return single(bestMember(brief), `no blend could be estimated: ${step.content.slice(0, 300)}`);
  const { weights, bestSingle } = found;
  const numbers = compared(brief, found);
  const several = Object.values(weights).filter((weight) => weight > 0).length > 1;
  return several && found.gain.better
    ? calling(`Blending: ${numbers}.`, 'assemble_blend', { weights })
    : single(bestSingle.name, several ? numbers : `the best blend is one candidate; ${numbers}`);
}

function afterAssembly(brief: AggregatorBrief, step: Step, steps: readonly Step[]): Answer {
  const made = step.failed ? null : readAnswer(step, assembled);
  const first = steps.find(({ name }) => name === 'blend_predictions');
  const found = first === undefined ? null : readAnswer(first, blendReport);
  if (made === null || found === null || made.outcome !== 'finished' || made.oof === null) {
    const why = made === null ? step.content.slice(0, 300) : `${made.outcome}, ${made.reason}`;
    return single(found?.bestSingle.name ?? bestMember(brief), `the blend could not be put together: ${why}`);
  }
  const reason = compared(brief, found);
  return calling(`Handing the blend over: ${reason}.`, 'submit_blend', { job: made.job, reason });
}

function compared(
  { task }: AggregatorBrief,
  { estimate: together, bestSingle, chosenPerFold, weights }: BlendReport,
): string {
  const shares = Object.entries(weights).map(([name, weight]) => `${name} ${weight.toFixed(2)}`);
  const blend = `${together.value.toPrecision(4)} ± ${together.standardError.toPrecision(2)}`;
  return `${task.metric} ${blend} blended (${shares.join(', ')}), ${chosenPerFold.value.toPrecision(4)} by the best single one (${bestSingle.name})`;
}

function single(candidate: string, reason: string): Answer {
  return calling(`No blend: ${reason}.`, 'submit_single', { candidate, reason });
}

function bestMember({ members, task }: AggregatorBrief): string {
  const better = (a: number, b: number) => isBetter(a, b, task.direction);
  return members.reduce((best, next) => (better(next.score.value, best.score.value) ? next : best)).candidate;
}
