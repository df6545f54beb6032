/** The same candidate by four numbers: its own, out-of-fold, score, holdout; and how far they lie apart. */
import type { Direction, Score } from '@modelwright/contracts';
import { isBetter } from '@modelwright/contracts';
import type { CandidateReport } from './candidate-report.ts';

export interface Gap {
  /** What promised more, and what it is held against. */
  readonly promise: 'own' | 'out-of-fold' | 'score';
  readonly fact: 'out-of-fold' | 'score' | 'holdout';
  /** How much better the promise is than the fact, in the metric's unit; negative where it is worse. */
  readonly by: number;
  /** Standard errors of the difference, taken as if both were independent; null where an error is not known or zero. */
  readonly standardErrors: number | null;
}

/** Share below which two numbers are one that was computed in two ways. */
const SAME = 1e-9;

interface Stated {
  readonly value: number;
  readonly standardError: number | null;
}

/** From the agent's own number on, each held against the next that is known. */
export function gapsOf(candidate: CandidateReport, holdout: Score | null, toward: Direction): Gap[] {
  const claimed = candidate.trained?.claimed ?? null;
  const own: Stated | null = claimed === null ? null : { value: claimed, standardError: null };
  const oof = candidate.trained?.oof ?? null;
  const { score } = candidate;
  return [
    ...gap({ promise: 'own', fact: 'out-of-fold' }, own, oof, toward),
    ...gap({ promise: 'out-of-fold', fact: 'score' }, oof, score, toward),
    ...gap({ promise: 'score', fact: 'holdout' }, score, holdout, toward),
  ];
}

/** More than noise explains: two standard errors and more. */
export function isNotable({ by, standardErrors }: Gap): boolean {
  return by > 0 && standardErrors !== null && standardErrors >= 2;
}

function gap(
  names: Pick<Gap, 'promise' | 'fact'>,
  promise: Stated | null,
  fact: Stated | null,
  toward: Direction,
): Gap[] {
  if (promise === null || fact === null) return [];
  const apart = Math.abs(promise.value - fact.value);
  const size = apart <= SAME * Math.max(Math.abs(promise.value), Math.abs(fact.value)) ? 0 : apart;
  const by = size === 0 || isBetter(promise.value, fact.value, toward) ? size : -size;
  const error = Math.hypot(promise.standardError ?? 0, fact.standardError ?? 0);
  return [{ ...names, by, standardErrors: error === 0 ? null : size / error }];
}
