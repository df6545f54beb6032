/** What the coder means to write: the recipe's program and the plan's settings. */
import type { CoderBrief } from '@modelwright/llm';
import type { Recipe, Settings } from '../recipe/recipe.ts';
import { FLOOR, settingsFor } from '../recipe/settings.ts';
import { situationOf } from '../recipe/situation.ts';
import { standIn } from './stand-in.ts';

export const PROGRAM = 'model.py';
export const SETTINGS = 'config.json';

export interface Intent {
  readonly recipe: Recipe;
  readonly settings: Settings;
  /** Paths and contents. */
  readonly files: ReadonlyMap<string, string>;
}

/** The plan's recipe with the plan's settings; where it names none of ours, the nearest recipe as it is. Null: none suits. */
export function intentOf(brief: CoderBrief, recipes: readonly Recipe[]): Intent | null {
  const { plan } = brief;
  const situation = situationOf(brief);
  const own = recipes.find(({ family }) => family === (plan === null ? FLOOR : plan.recipe));
  const recipe = own ?? (plan === null ? null : standIn(plan, recipes, situation));
  if (recipe === null) return null;
  const settings = { ...settingsFor(recipe, situation), ...(own === undefined ? {} : plan?.config) };
  return { recipe, settings, files: filesOf(recipe, settings) };
}

/** The same program with settings that train in a fraction of the time. */
export function cheaper({ recipe, settings }: Intent): Intent {
  const reduced = { ...settings, ...recipe.cheaper };
  return { recipe, settings: reduced, files: filesOf(recipe, reduced) };
}

export function settingsText(settings: Settings): string {
  return `${JSON.stringify(settings, null, 2)}\n`;
}

function filesOf(recipe: Recipe, settings: Settings): Map<string, string> {
  return new Map([
    [PROGRAM, recipe.code],
    [SETTINGS, settingsText(settings)],
  ]);
}
