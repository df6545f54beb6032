/** After the search was stopped nothing more is begun: plans that nobody works on are dropped, and nobody makes more. */
import { FLOOR } from '../candidate.ts';
import { closeThinkers } from '../close-by-run.ts';
import type { OpenRun } from '../run-state.ts';
import { isNothing, join, type Step, step } from '../step.ts';
import type { Rule } from './rule.ts';

export const dropUnbegun: Rule = (run) => {
  if (run.phase.name !== 'searching' || run.stopped === null) return null;
  const next = Object.values(run.candidates).find((one) => one.stage === 'planned' && one.id !== FLOOR);
  if (next === undefined) return endThinking(run);
  return step(`${next.id} is dropped: the search was stopped before it was begun`, [
    {
      type: 'candidate-dropped',
      candidate: next.id,
      reason: `not begun: the search was stopped (${run.stopped})`,
    },
  ]);
};

function endThinking(run: OpenRun): Step | null {
  const closed = closeThinkers(run, 'the search was stopped');
  return isNothing(closed) ? null : join([closed, step('nobody plans any more', [])]);
}
