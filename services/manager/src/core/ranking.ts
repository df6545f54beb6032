/** How scored candidates are listed. */
import { type Direction, isBetter, type Score } from '@modelwright/contracts';

/** For sorting: the better first, what has no score last. */
export function byScore(first: Score | null, second: Score | null, toward: Direction): number {
  if (first === null || second === null) return Number(first === null) - Number(second === null);
  if (first.value === second.value) return 0;
  return isBetter(first.value, second.value, toward) ? -1 : 1;
}
