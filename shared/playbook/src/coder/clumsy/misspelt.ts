import type { Draw } from '../../draw.ts';

/** The word with two neighbouring letters swapped, or one left out where they are the same. */
export function misspelt(word: string, draw: Draw): string {
  const place = 1 + Math.floor(draw() * Math.max(word.length - 2, 1));
  const [a = '', b = ''] = [word[place], word[place + 1]];
  const wrong = a === b || b === '' ? '' : `${b}${a}`;
  const kept = wrong === '' ? b : wrong;
  return `${word.slice(0, place)}${kept}${word.slice(place + 2)}`;
}
