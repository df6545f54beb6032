/** Ends a run: nothing of it is started any more, and what still runs is stopped. */
import type { OpenRun } from './run-state.ts';
import { type Step, step } from './step.ts';

export function endRun(
  run: OpenRun,
  outcome: 'finished' | 'failed' | 'cancelled',
  reason: string,
  now: number,
): Step {
  const id = run.submitted.run;
  return step(
    `the run ${outcome === 'finished' ? 'is finished' : outcome === 'failed' ? 'has failed' : 'is cancelled'}: ${reason}`,
    [
      { type: 'phase-entered', phase: outcome, at: now },
      { type: 'run-ended', run: id, outcome, reason, at: now },
    ],
    [
      {
        type: 'control-run',
        control: { run: id, state: outcome === 'finished' ? 'closed' : 'cancelled', reason },
      },
    ],
  );
}
