/** What a recipe is set to in a situation, and what that costs. */
import { holds } from './condition.ts';
import type { Range, Recipe, Settings } from './recipe.ts';
import type { Situation } from './situation.ts';

/** The recipe of the floor: the fastest, for every kind of task. */
export const FLOOR = 'floor';

export function suits({ suits: said }: Recipe, { kind, images, rows, outputs, media }: Situation): boolean {
  const pictures = said.images === 'either' || (said.images === 'only') === images;
  return (
    said.kinds.includes(kind) &&
    pictures &&
    (said.media?.some((one) => media.includes(one)) ?? true) &&
    rows <= (said.max_rows ?? Number.POSITIVE_INFINITY) &&
    outputs <= (said.max_outputs ?? Number.POSITIVE_INFINITY)
  );
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

/** To start Python and its libraries. */
const STARTING = 2;

/** Roughly, for all folds and the final fit on one core. */
export function expectedSeconds(recipe: Recipe, situation: Situation): number {
  const measured = recipe.cost.findLast(({ when }) => holds(when, situation));
  if (measured === undefined) return STARTING;
  const { rows, columns, classes, outputs } = situation;
  const growth =
    (rows / measured.rows) ** measured.rows_power *
    (columns / measured.columns) ** 0.7 *
    (Math.max(classes, 2) / measured.classes) ** 0.7;
  return STARTING + measured.seconds * growth * outputs + readingSeconds(situation);
}

/** To open each file once, on one core. */
const SECONDS_A_FILE: Readonly<Record<string, number>> = { image: 0.01, audio: 0.03 };

function readingSeconds({ rows, media }: Situation): number {
  return media.reduce((sum, one) => sum + rows * (SECONDS_A_FILE[one] ?? 0), 0);
}
