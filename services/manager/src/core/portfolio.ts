/** How the budget of candidates is divided: a first portfolio, and a revision of the best when there is room for one. */
import { BLEND, FLOOR } from './candidate.ts';
import type { OpenRun } from './run-state.ts';

/** Below this many candidates the whole budget goes into the portfolio. */
const REVISION_FROM = 3;

export function portfolioSize(candidates: number): number {
  return candidates >= REVISION_FROM ? candidates - 1 : candidates;
}

export function plannedBesidesFloor(run: OpenRun): number {
  return Object.keys(run.candidates).filter((id) => id !== FLOOR && id !== BLEND).length;
}
