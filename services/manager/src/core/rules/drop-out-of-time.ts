/**
 * When the search's time is up, what is not yet trained, in all its rounds, is dropped. As long as nothing is scored the floor may go on
 * until the run's own deadline: at the limit there shall still be something to deliver.
 */
import { type Candidate, type CandidateIn, FLOOR } from '../candidate.ts';
import { closeByRun } from '../close-by-run.ts';
import { giveUp } from '../give-up.ts';
import { isInRounds } from '../round-jobs.ts';
import type { OpenRun } from '../run-state.ts';
import { sealingDeadline, searchDeadline } from '../time.ts';
import type { Rule } from './rule.ts';

const WHY = 'the time for the search was up';

export const dropOutOfTime: Rule = (run, now) => {
  if (run.phase.name !== 'searching' || now < searchDeadline(run)) return null;
  const late = Object.values(run.candidates).find((one) => isLate(run, one, now));
  if (late !== undefined) return giveUp(run, late.id, WHY);
  const thinking = Object.values(run.assignments).find(
    (one) => (one.role === 'designer' || one.role === 'manager') && one.stage !== 'closed',
  );
  return thinking === undefined ? null : closeByRun(thinking, WHY);
};

function isLate(run: OpenRun, candidate: Candidate, now: number): boolean {
  switch (candidate.stage) {
    case 'scored':
    case 'dropped':
      return false;
    case 'trained':
    case 'predicting':
      return now >= latestFor(run, candidate);
    case 'predicted':
    case 'grading':
      return now >= (run.best === null ? run.deadline : sealingDeadline(run));
    case 'planned':
    case 'implementing':
    case 'implemented':
    case 'tuning':
    case 'broken':
      return candidate.id !== FLOOR || run.best !== null || now >= run.deadline;
  }
}

/** Trainings in rounds belong to the search, predictions no more. As long as there is no best both may go on. */
function latestFor(run: OpenRun, candidate: CandidateIn<'trained' | 'predicting'>): number {
  if (run.best === null || run.phase.name === 'preparing') return run.deadline;
  return isInRounds(run, candidate, run.phase.data) ? searchDeadline(run) : sealingDeadline(run);
}
