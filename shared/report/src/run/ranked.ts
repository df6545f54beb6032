/** The candidates in the order of their scores. */
import { type Direction, isBetter, type Score } from '@modelwright/contracts';

/** Best score first, then those without one in the order they appeared. */
export function ranked<Candidate extends { readonly score: Score | null }>(
  candidates: readonly Candidate[],
  toward: Direction,
): Candidate[] {
  return candidates.toSorted((a, b) => {
    if (a.score === null || b.score === null) return Number(a.score === null) - Number(b.score === null);
    if (a.score.value === b.score.value) return 0;
    return isBetter(a.score.value, b.score.value, toward) ? -1 : 1;
  });
}
