/** How the budget of candidates is divided: a first portfolio, and what is learned from it with the rest. */
import { BLEND, FLOOR } from './candidate.ts';
import type { OpenRun } from './run-state.ts';

/** Below this many candidates the whole budget goes into the portfolio. */
const REVISION_FROM = 3;
/** A manager model has more use for what is left than one revision. */
const SHARE_WITH_MANAGER = 0.6;

export function portfolioSize(run: OpenRun): number {
  const { budget, player } = run.submitted;
  const { candidates } = budget;
  if (candidates < REVISION_FROM) return candidates;
  return player.kind === 'models' ? Math.ceil(SHARE_WITH_MANAGER * candidates) : candidates - 1;
}

export function plannedBesidesFloor(run: OpenRun): number {
  return Object.keys(run.candidates).filter((id) => id !== FLOOR && id !== BLEND).length;
}

/** How many candidates may still be made, besides those that designers were asked for. */
export function roomFor(run: OpenRun): number {
  if (run.stopped !== null) return 0;
  const asked = Object.values(run.assignments).reduce((sum, { id, stage }) => {
    const work = run.assigned[id]?.work;
    return stage !== 'closed' && work?.role === 'designer' ? sum + work.count : sum;
  }, 0);
  return Math.max(0, run.submitted.budget.candidates - plannedBesidesFloor(run) - asked);
}
