/**
 * When the search's time is up, what is not yet trained is dropped. As long as nothing is scored the floor may go on
 * until the run's own deadline: at the limit there shall still be something to deliver.
 */
import { NOTHING_SPENT } from '@modelwright/contracts';
import { type Candidate, FLOOR } from '../candidate.ts';
import type { OpenRun } from '../run-state.ts';
import { join, type Step, step } from '../step.ts';
import { searchDeadline } from '../time.ts';
import type { Rule } from './rule.ts';

export const dropOutOfTime: Rule = (run, now) => {
  if (run.phase.name !== 'searching' || now < searchDeadline(run)) return null;
  const late = Object.values(run.candidates).find((one) => isLate(run, one, now));
  if (late !== undefined) return drop(run, late.id);
  const designer = Object.values(run.assignments).find(
    (one) => one.role === 'designer' && one.stage !== 'closed',
  );
  return designer === undefined ? null : close(designer.id);
};

function isLate(run: OpenRun, candidate: Candidate, now: number): boolean {
  switch (candidate.stage) {
    case 'scored':
    case 'dropped':
      return false;
    case 'trained':
    case 'predicting':
    case 'predicted':
    case 'grading':
      return now >= run.deadline;
    case 'planned':
    case 'implementing':
    case 'implemented':
    case 'tuning':
    case 'broken':
      return candidate.id !== FLOOR || run.best !== null || now >= run.deadline;
  }
}

function drop(run: OpenRun, candidate: string): Step {
  const open = Object.values(run.assignments).filter(
    (one) => one.candidate === candidate && one.stage !== 'closed',
  );
  const waitedFor = open.flatMap((one) => (one.stage === 'stopped' ? one.waits.jobs : []));
  const own = Object.values(run.jobs).flatMap((job) =>
    job.stage === 'open' && job.candidate === candidate ? [job.id] : [],
  );
  const running = [...waitedFor, ...own].filter((job) => run.jobs[job]?.stage !== 'closed');
  return join([
    ...open.map((one) => close(one.id)),
    step(
      `${candidate} is dropped: the time for the search is up`,
      [{ type: 'candidate-dropped', candidate, reason: 'the time for the search was up' }],
      running.map((job) => ({ type: 'cancel-job', job, reason: 'the time for the search is up' })),
    ),
  ]);
}

function close(assignment: string): Step {
  return step('', [
    {
      type: 'assignment-closed',
      assignment,
      spent: NOTHING_SPENT,
      failure: 'the time for the search was up',
    },
  ]);
}
