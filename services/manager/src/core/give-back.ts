/** Code that fails outside its maker's sight goes back to a coder, once; after that the candidate is dropped. */
import { BLEND } from './candidate.ts';
import type { OpenRun } from './run-state.ts';
import { type Step, step } from './step.ts';

const MOST_REPAIRS = 1;

export function giveBack(run: OpenRun, candidate: string, feedback: string): Step {
  const now = run.candidates[candidate];
  const repairable =
    now !== undefined && now.repairs < MOST_REPAIRS && candidate !== BLEND && now.stage !== 'dropped';
  return repairable
    ? step(`${candidate} goes back to a coder: ${feedback}`, [
        { type: 'candidate-broken', candidate, feedback },
      ])
    : step(`${candidate} is dropped: ${feedback}`, [
        { type: 'candidate-dropped', candidate, reason: feedback },
      ]);
}
