/** A refitted model that cannot be proved gives way to the model that carries the score, and that one to the next best candidate. */
import { endRun } from './end-run.ts';
import { nextWinner } from './next-winner.ts';
import type { OpenRun } from './run-state.ts';
import { type Step, step } from './step.ts';

export function scoredModelInstead(run: OpenRun, finding: string, now: number): Step {
  const { phase } = run;
  if (phase.name !== 'refitting' && phase.name !== 'verifying') return endRun(run, 'failed', finding, now);
  const winner = run.candidates[phase.winner.candidate];
  if (phase.winner.model?.refitted !== true || winner?.stage !== 'scored')
    return nextWinner(run, phase, finding, now);
  return step(`${finding}: the scored model is delivered instead`, [
    {
      type: 'model-chosen',
      output: winner.trained.output,
      refitted: false,
      reason: `the refitted model was given up: ${finding}`,
    },
    { type: 'phase-entered', phase: 'refitting', at: now },
  ]);
}
