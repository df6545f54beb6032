/** What could be built: each recipe that suits, and each of its variations, by what is to be expected of it. */
import { holds } from '../recipe/condition.ts';
import type { Recipe, Settings, Twist } from '../recipe/recipe.ts';
import { FLOOR, settingsFor, suits } from '../recipe/settings.ts';
import type { Situation } from '../recipe/situation.ts';

export interface Idea {
  /** Unlike that of any other idea. */
  readonly name: string;
  readonly recipe: Recipe;
  /** Null for the recipe as it is. */
  readonly twist: Twist | null;
  readonly points: number;
  readonly config: Settings;
}

/** The most promising first; of equals the one whose name comes first. */
export function ideasFor(recipes: readonly Recipe[], situation: Situation): Idea[] {
  return recipes
    .filter((recipe) => recipe.family !== FLOOR && suits(recipe, situation))
    .flatMap((recipe) => ideasOf(recipe, situation))
    .sort((a, b) => b.points - a.points || (a.name < b.name ? -1 : 1));
}

function ideasOf(recipe: Recipe, situation: Situation): Idea[] {
  const config = settingsFor(recipe, situation);
  const points = recipe.promise
    .filter(({ when }) => holds(when, situation))
    .reduce((sum, promise) => sum + promise.points, 0);
  const twisted = recipe.twists
    .filter(({ when }) => holds(when, situation))
    .map((twist) => ({
      name: `${recipe.title}, ${twist.name}`,
      recipe,
      twist,
      points: points + twist.points,
      config: { ...config, ...twist.config },
    }));
  return [{ name: recipe.title, recipe, twist: null, points, config }, ...twisted];
}
