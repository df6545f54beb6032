/** There is always a floor: candidate 0, without a plan of a designer. */
import { FLOOR } from '../candidate.ts';
import { step } from '../step.ts';
import type { Rule } from './rule.ts';

export const planFloor: Rule = (run) =>
  run.phase.name === 'searching' && run.candidates[FLOOR] === undefined
    ? step('the floor comes first', [
        {
          type: 'candidate-planned',
          candidate: FLOOR,
          plan: null,
          parent: null,
          partner: null,
          guidance: null,
        },
      ])
    : null;
