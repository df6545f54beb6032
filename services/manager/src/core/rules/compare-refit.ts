/** Before a refitted model is delivered it is compared with the scored one, on rows that neither was trained on where there are any. */
import type { TreeRef } from '@modelwright/contracts';
import { assign, isUnderWay } from '../assign.ts';
import type { OpenRun } from '../run-state.ts';
import { predictedByScored, type Sealed, sealed } from '../winner.ts';
import type { Rule } from './rule.ts';

export const compareRefit: Rule = (run, now) => {
  const found = sealed(run, 'refitting');
  const model = found?.winner.model;
  if (!found || !model?.refitted || model.record === null || model.agrees !== null) return null;
  const { candidate, winner, phase } = found;
  if (winner.holdout.kind === 'unopened') return null;
  if (isUnderWay(run, candidate.id, 'agreement')) return null;
  const reason = 'the refitted model is compared with the scored one';
  return assign(
    run,
    {
      candidate: candidate.id,
      action: 'agreement',
      work: {
        role: 'grader',
        action: 'agreement',
        data: phase.data,
        ...compared(run, found),
        trained: candidate.trained.output,
        refit: model.output,
      },
      deadline: run.deadline,
      reason,
    },
    now,
  );
};

interface Compared {
  readonly scored: TreeRef | null;
  readonly refitted: TreeRef | null;
  readonly seen: boolean;
}

function compared(run: OpenRun, found: Sealed): Compared {
  const { model } = found.winner;
  const before = predictedByScored(run, found);
  if (before.test !== null && model?.test != null)
    return { scored: before.test, refitted: model.test, seen: false };
  return before.proof === null || model === null
    ? { scored: null, refitted: null, seen: true }
    : { scored: before.proof, refitted: model.record, seen: true };
}
