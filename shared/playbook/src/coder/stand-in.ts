/** The recipe that comes nearest to a plan which names none of ours: for a coder who takes over from somebody else. */
import type { Plan } from '@modelwright/contracts';
import { ideasFor } from '../designer/ideas.ts';
import type { Recipe } from '../recipe/recipe.ts';
import { suits } from '../recipe/settings.ts';
import type { Situation } from '../recipe/situation.ts';

/** By the first of our words in what the plan says it is; else what promises most. Null when no recipe suits the task. */
export function standIn(plan: Plan, recipes: readonly Recipe[], situation: Situation): Recipe | null {
  const said = [plan.name, plan.architecture, plan.summary].join('\n').toLowerCase();
  const named = recipes
    .filter((recipe) => suits(recipe, situation))
    .flatMap((recipe) => recipe.words.map((word) => ({ recipe, at: said.indexOf(word) })))
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => a.at - b.at);
  return named[0]?.recipe ?? ideasFor(recipes, situation)[0]?.recipe ?? null;
}
