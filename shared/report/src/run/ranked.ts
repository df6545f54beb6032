/** The candidates in the order of their scores. */
import { type Direction, isBetter } from '@modelwright/contracts';
import type { CandidateReport } from './candidate-report.ts';

/** Best score first, then those without one in the order they appeared. */
export function ranked(candidates: readonly CandidateReport[], toward: Direction): CandidateReport[] {
  return candidates.toSorted((a, b) => {
    if (a.score === null || b.score === null) return Number(a.score === null) - Number(b.score === null);
    if (a.score.value === b.score.value) return 0;
    return isBetter(a.score.value, b.score.value, toward) ? -1 : 1;
  });
}
