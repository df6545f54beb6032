/** What a recipe is set to in a situation, and what that costs. */
import { holds } from './condition.ts';
import type { Range, Recipe, Settings } from './recipe.ts';
import type { Situation } from './situation.ts';

/** The recipe of the floor: the fastest for either kind of task. */
export const FLOOR = 'floor';

export function suits({ suits: said }: Recipe, { kind, images, rows }: Situation): boolean {
  const pictures = said.images === 'either' || (said.images === 'only') === images;
  return said.kinds.includes(kind) && pictures && rows <= (said.max_rows ?? Number.POSITIVE_INFINITY);
}

/** The whole content of `config.json`, with the recipe's name in it. */
export function settingsFor(recipe: Recipe, situation: Situation): Settings {
  const variants = recipe.variants.filter(({ when }) => holds(when, situation));
  return Object.assign({ recipe: recipe.family }, recipe.config, ...variants.map(({ config }) => config));
}

/** What there is to tune, in the order in which it is worth trying. */
export function spaceFor(recipe: Recipe, situation: Situation): [name: string, range: Range][] {
  return Object.entries(recipe.space).filter(([, { when }]) => holds(when, situation));
}

/** Roughly, for all folds and the final fit on one core. */
export function expectedSeconds({ cost }: Recipe, { rows, columns, classes }: Situation): number {
  const perClass = Math.max(1, classes / 3);
  return 2 + cost.seconds * (rows / 1000) ** cost.rows_power * Math.max(columns / 30, 0.5) * perClass;
}
