import type { Comparison } from '@modelwright/contracts';
import { bestOf } from '../best.ts';
import { BLEND } from '../candidate.ts';
import type { RunState } from '../run-state.ts';
import type { Faults } from './faults.ts';
import { scoreOf } from './samples.ts';

/** With the best so far, as the scores are; a blend, and whoever is trained with another seed, as was planted. */
export function comparedWithBest(state: RunState, candidate: string, faults: Faults): Comparison | null {
  const against = state.stage === 'open' ? bestOf(state)?.id : undefined;
  if (against === undefined || state.stage !== 'open') return null;
  const again = state.candidates[candidate]?.stage === 'scored' ? (faults.reseeded?.[candidate] ?? 0) : 0;
  const blended = faults.blendWins === true ? 0.1 : -0.1;
  const apart = scoreOf(candidate).value - scoreOf(against).value;
  const difference = candidate === BLEND ? blended : apart + again;
  return { against, difference, standardError: 0.01, better: difference > 0.02 };
}
