import { assign, isUnderWay } from '../assign.ts';
import { board } from '../board.ts';
import { sealed } from '../winner.ts';
import type { Rule } from './rule.ts';

export const packageModel: Rule = (run, now) => {
  const found = sealed(run, 'refitting');
  const model = found?.winner.model;
  if (!found || !model || model.record === null || found.winner.holdout.kind === 'unopened') return null;
  if (model.refitted && model.agrees === null) return null;
  const { candidate, winner, phase } = found;
  const { task } = run;
  if (task === null) return null;
  if (isUnderWay(run, candidate.id, 'package')) return null;
  return assign(
    run,
    {
      candidate: candidate.id,
      action: 'package',
      work: {
        role: 'delivery',
        action: 'package',
        data: phase.data,
        candidate: candidate.id,
        plan: candidate.plan,
        trained: candidate.trained,
        model: model.output,
        refitted: model.refitted,
        score: candidate.score,
        holdout: winner.holdout.kind === 'opened' ? winner.holdout.score : null,
        board: board(run),
        test: model.test,
        task,
        findings: [...(candidate.findings ?? [])],
        ...(candidate.trust == null ? {} : { trust: candidate.trust }),
      },
      deadline: run.deadline,
      reason: 'the deliverable is to be packaged',
    },
    now,
  );
};
