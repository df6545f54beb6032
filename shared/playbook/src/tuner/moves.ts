/** Changes of one setting within its range. */
import type { Range, Settings } from '../recipe/recipe.ts';

type Value = Settings[string];

/** Share of a range, on its own scale, that the first move takes. */
const FIRST_MOVE = 0.25;

/**
 * The value one move up or down; null at the end of the range, and for a choice, which has no direction. `reach` shortens
 * later moves. A setting that is left open starts from the middle of its range.
 */
export function moved(
  range: Range,
  value: Value | undefined,
  direction: 1 | -1,
  reach: number,
): Value | null {
  if (range.type === 'choice') return null;
  const { low, high } = range;
  if (typeof value !== 'number')
    return range.type === 'int' ? Math.round((low + high) / 2) : tidy(Math.sqrt(low * high));
  const share = FIRST_MOVE * reach * direction;
  const next =
    range.type === 'int'
      ? value + (Math.round((high - low) * share) || direction)
      : tidy(value * (high / low) ** share);
  const kept = Math.min(Math.max(next, low), high);
  // At the end of the range there is no way on; from outside it, moving in is one.
  return kept === value || Math.sign(kept - value) !== direction ? null : kept;
}

/** The other choices, in the recipe's order. */
export function otherChoices(range: Range, value: Value | undefined): Value[] {
  if (range.type !== 'choice') return [];
  return range.values.filter((choice) => JSON.stringify(choice) !== JSON.stringify(value));
}

/** Two digits: nobody wants to read 0.0316227766. */
function tidy(value: number): number {
  return Number(value.toPrecision(2));
}
