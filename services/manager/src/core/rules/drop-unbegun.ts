/** After the search was stopped nothing more is begun: plans that nobody works on are dropped. */
import { FLOOR } from '../candidate.ts';
import { step } from '../step.ts';
import type { Rule } from './rule.ts';

export const dropUnbegun: Rule = (run) => {
  if (run.phase.name !== 'searching' || run.stopped === null) return null;
  const next = Object.values(run.candidates).find((one) => one.stage === 'planned' && one.id !== FLOOR);
  if (next === undefined) return null;
  return step(`${next.id} is dropped: the search was stopped before it was begun`, [
    {
      type: 'candidate-dropped',
      candidate: next.id,
      reason: `not begun: the search was stopped (${run.stopped})`,
    },
  ]);
};
