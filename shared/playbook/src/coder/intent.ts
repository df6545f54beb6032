/** What the coder means to write: the recipe's program and the plan's settings. */
import type { CoderBrief } from '@modelwright/llm';
import type { Recipe, Settings } from '../recipe/recipe.ts';
import { FLOOR, settingsFor } from '../recipe/settings.ts';
import { situationOf } from '../recipe/situation.ts';

export const PROGRAM = 'model.py';
export const SETTINGS = 'config.json';

export interface Intent {
  readonly recipe: Recipe;
  readonly settings: Settings;
  /** Paths and contents. */
  readonly files: ReadonlyMap<string, string>;
}

/** Null when the plan names no recipe of ours: its code is for others to write. */
export function intentOf(brief: CoderBrief, recipes: readonly Recipe[]): Intent | null {
  const wanted = brief.plan === null ? FLOOR : brief.plan.recipe;
  const recipe = recipes.find(({ family }) => family === wanted);
  if (recipe === undefined) return null;
  const settings = { ...settingsFor(recipe, situationOf(brief)), ...brief.plan?.config };
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
