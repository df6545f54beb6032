/** An idea as a plan: every field in sentences that are true of this data. */
import type { Plan } from '@modelwright/contracts';
import type { Sentences } from '../recipe/recipe.ts';
import { sentencesFor } from '../recipe/sentences.ts';
import { expectedSeconds } from '../recipe/settings.ts';
import type { Situation } from '../recipe/situation.ts';
import type { Idea } from './ideas.ts';

/** `occasion` says why it is proposed now; empty for a portfolio. */
export function planOf(
  { name, recipe, twist, config }: Omit<Idea, 'points'>,
  situation: Situation,
  occasion: string,
): Plan {
  const say = (all: Sentences) => sentencesFor(all, situation, config);
  const { plan } = recipe;
  const twisted = twist === null ? '' : ` ${twist.say}`;
  return {
    name,
    recipe: recipe.family,
    summary: `${say(plan.summary)}${twisted}`,
    reason: [occasion, say(plan.why)].filter((text) => text !== '').join(' '),
    architecture: say(plan.architecture),
    pipeline: `${say(plan.pipeline)}${twisted}`,
    loss: say(plan.loss),
    regularisation: say(plan.regularisation),
    validation: validation(situation),
    resources: resources(Math.ceil(expectedSeconds(recipe, situation)), situation),
    inferenceCost: say(plan.inference_cost),
    differs: `${say(plan.differs)}${twisted}`,
    config,
  };
}

function validation({ folds, split }: Situation): string {
  const drawn = split === 'time' ? 'in order of time, each predicted from earlier ones' : `drawn ${split}`;
  return `The dataset's ${folds} folds, ${drawn}; what is chosen while fitting is chosen on whole folds held back.`;
}

function resources(seconds: number, { cpus, rows, columns }: Situation): string {
  const megabytes = Math.max(1, Math.ceil((rows * columns * 8 * 10) / 1e6));
  return `Roughly ${seconds} s for all folds on one of ${cpus} cores, and ${megabytes} MB beyond Python's own memory.`;
}
