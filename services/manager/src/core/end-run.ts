/** Ends a run: nothing of it is started any more, and what still runs is stopped. */
import { closePaid } from './close-by-run.ts';
import type { OpenRun } from './run-state.ts';
import { join, type Step, step } from './step.ts';

export function endRun(
  run: OpenRun,
  outcome: 'finished' | 'failed' | 'cancelled',
  reason: string,
  now: number,
): Step {
  const id = run.submitted.run;
  const words = outcome === 'finished' ? 'is finished' : outcome === 'failed' ? 'has failed' : 'is cancelled';
  const ended = step(
    `the run ${words}: ${reason}`,
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
  return join([closePaid(run, `the run ${words}`), ended]);
}
