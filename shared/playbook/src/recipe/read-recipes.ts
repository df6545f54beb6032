/** The recipes of this package, read once. */
import { readdirSync, readFileSync } from 'node:fs';
import { type Recipe, recipeFile } from './recipe.ts';

const FOLDER = new URL('../../recipes/', import.meta.url);

/** In the order of their families' names. @throws when a description and its program do not belong together. */
export function readRecipes(): Recipe[] {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
  return files.sort().map((name) => {
    const text = readFileSync(new URL(name, FOLDER), 'utf8');
    const described = recipeFile.parse(JSON.parse(text));
    return { ...described, code: readFileSync(new URL(`${described.family}.py`, FOLDER), 'utf8') };
  });
}
