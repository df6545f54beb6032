/** The winner's recipe, frozen, is trained on all labelled rows; where that is not wanted or fails, less is asked for. */
import type { TreeRef } from '@modelwright/contracts';
import { openRefits, rungOf } from '../refit-ladder.ts';
import { type Step, step } from '../step.ts';
import { FINAL_ONLY, programOf, submit } from '../submit.ts';
import { choiceDeadline } from '../time.ts';
import { sealed } from '../winner.ts';
import { derivedForRefit } from './derive-for-refit.ts';
import type { Rule } from './rule.ts';

export const refitWinner: Rule = (run, now) => {
  const found = sealed(run, 'refitting');
  if (found === null || found.winner.model !== null) return null;
  const rung = rungOf(run, found, now);
  const derived = derivedForRefit(run, found.candidate);
  if (rung.kind !== 'submit' || derived.state === 'awaited' || derived.state === 'failed') return null;
  const { candidate, phase } = found;
  const last = rung.mode === 'final' ? FINAL_ONLY : {};
  return submit(
    run,
    {
      id: rung.id,
      candidate: candidate.id,
      purpose: 'refit',
      ...programOf(candidate.trained.version),
      accelerators: candidate.trained.version.accelerators,
      command: ['python', 'train.py'],
      data: phase.data.datasets.all,
      inputs: derived.state === 'none' ? {} : { derived: { tree: derived.tree, path: null } },
      overlay: { 'config.json': JSON.stringify(candidate.trained.config) },
      variables: { MW_TIME_BUDGET_SECONDS: String(rung.seconds), ...last },
      wallSeconds: Math.max(10, Math.round(rung.seconds * 1.2)),
      reason: `${candidate.id} is ${rung.mode === 'full' ? 'trained' : 'fitted'} again on all labelled rows`,
    },
    now,
  );
};

export const chooseModel: Rule = (run, now) => {
  const found = sealed(run, 'refitting');
  if (found === null || found.winner.model !== null) return null;
  const { output } = found.candidate.trained;
  const derived = derivedForRefit(run, found.candidate);
  if (derived.state === 'failed') return choose({ output, refitted: false, reason: derived.reason });
  const rung = rungOf(run, found, now);
  switch (rung.kind) {
    case 'submit':
      return null;
    case 'refitted':
      return choose({ output: rung.output, refitted: true, reason: rung.reason });
    case 'scored':
      return choose({ output, refitted: false, reason: rung.reason });
    case 'under-way':
      return null;
  }
};

/** A refit that is not done when the model must be known is given up. */
export const endLateRefit: Rule = (run, now) => {
  const found = sealed(run, 'refitting');
  if (found === null || found.winner.model !== null || now < choiceDeadline(run, found.candidate))
    return null;
  const running = openRefits(run, found);
  if (running.length === 0) return null;
  const reason = 'the refit was not done in time';
  const chosen = choose({ output: found.candidate.trained.output, refitted: false, reason });
  return { ...chosen, effects: running.map((job) => ({ type: 'cancel-job', job, reason })) };
};

interface Choice {
  readonly output: TreeRef;
  readonly refitted: boolean;
  readonly reason: string;
}

function choose({ output, refitted, reason }: Choice): Step {
  return step(`the model to deliver: ${reason}`, [{ type: 'model-chosen', output, refitted, reason }]);
}
