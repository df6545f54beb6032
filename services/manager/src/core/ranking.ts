/** Which of two scored candidates is the better. The order in which they were scored must not matter. */
import { type Direction, isBetter, type Score } from '@modelwright/contracts';

export interface Contender {
  readonly id: string;
  readonly score: Score;
  readonly oof: Score;
}

/** Higher score first; equal scores are settled by the out-of-fold score, then by the earlier id. */
export function beats(challenger: Contender, holder: Contender | null, toward: Direction): boolean {
  if (holder === null) return true;
  if (challenger.score.value !== holder.score.value) {
    return isBetter(challenger.score.value, holder.score.value, toward);
  }
  if (challenger.oof.value !== holder.oof.value)
    return isBetter(challenger.oof.value, holder.oof.value, toward);
  return byNumber(challenger.id) < byNumber(holder.id);
}

function byNumber(id: string): number {
  return Number(id.slice(1));
}

/** For sorting: the better first, what has no score last. */
export function byScore(first: Score | null, second: Score | null, toward: Direction): number {
  if (first === null || second === null) return Number(first === null) - Number(second === null);
  if (first.value === second.value) return 0;
  return isBetter(first.value, second.value, toward) ? -1 : 1;
}
