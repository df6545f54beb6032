/** What follows when an assignment has failed: the role may change hands, and the work is done again or goes on without it. */
import type { Failure } from '@modelwright/contracts';
import type { AssignmentState, OpenRun } from '../run-state.ts';
import type { Step } from '../step.ts';
import { onFailure } from './assignment-failed.ts';
import { repeatFailed } from './repeat-failed.ts';
import { takeOver } from './take-over.ts';

/** Each part sees the run with the assignment closed, and what the former part made of it. */
export function failedThen(
  assignment: AssignmentState,
  failure: Failure,
  now: number,
): ((run: OpenRun) => Step)[] {
  return [
    (run) => takeOver(run, assignment, failure),
    (run) => repeatFailed(run, assignment, failure, now) ?? onFailure(run, assignment, failure, now),
  ];
}
