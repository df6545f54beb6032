/** Where candidates are scored in rounds, a trained one is trained again in each, without the labels it is judged on. */

import { giveBack } from '../give-back.ts';
import { failedRound, missingRounds } from '../round-jobs.ts';
import { join } from '../step.ts';
import type { Rule } from './rule.ts';

export const trainRounds: Rule = (run, now) => {
  const { phase } = run;
  if (phase.name !== 'searching' && phase.name !== 'aggregating') return null;
  if (phase.data.rounds === undefined) return null;
  for (const one of Object.values(run.candidates)) {
    if (one.stage !== 'trained' && one.stage !== 'predicting') continue;
    const failed = failedRound(run, one, phase.data);
    if (failed !== null) return giveBack(run, one.id, failed);
    const steps = missingRounds(run, one, phase.data, now);
    if (steps.length > 0) return join(steps);
  }
  return null;
};
