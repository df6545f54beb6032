import type { RunSubmitted } from '../run-state.ts';
import { type Step, step } from '../step.ts';

export function onRunSubmitted(message: RunSubmitted, now: number): Step {
  const deadline = now + Math.round(message.budget.minutes * 60_000);
  return step(
    `${message.task?.name ?? message.run} was submitted with ${message.budget.minutes} minutes and ${message.budget.candidates} candidates`,
    [
      { type: 'run-started', submitted: message, at: now, deadline },
      { type: 'phase-entered', phase: 'preparing', at: now },
    ],
    [
      {
        type: 'control-run',
        control: { run: message.run, state: 'open', reason: 'submitted' },
      },
    ],
  );
}
