/** The winner is sealed before the holdout is opened: when the blend is judged, given up, or out of time. */
import { assignmentsOf } from '../assign.ts';
import { isAuditing } from '../auditing.ts';
import { BLEND, type Candidate, isSettled } from '../candidate.ts';
import { isReseeding } from '../reseeding.ts';
import type { OpenRun } from '../run-state.ts';
import { step } from '../step.ts';
import { mustSeal } from '../time.ts';
import type { Rule } from './rule.ts';

export const sealWinner: Rule = (run, now) => {
  if (run.phase.name !== 'aggregating' || run.best === null) return null;
  const blend = run.candidates[BLEND];
  const blending = assignmentsOf(run, BLEND, 'blend').some((one) => one.stage !== 'closed');
  const waiting = blending || (blend !== undefined && !isSettled(blend));
  if ((waiting || isReseeding(run, now) || isAuditing(run, now)) && !mustSeal(run, now)) return null;
  const { candidate, score } = run.best;
  const why =
    candidate === BLEND
      ? 'the blend is better than every single candidate past noise'
      : blend?.stage === 'scored'
        ? `best score, ${score.value}; the blend is not better past noise`
        : `best score, ${score.value}`;
  const reason = `${why}${doubt(run.candidates[candidate])}`;
  return step(
    `${candidate} is sealed as the winner: ${reason}`,
    [
      { type: 'winner-sealed', candidate, reason },
      { type: 'phase-entered', phase: 'refitting', at: now },
    ],
    underWay(run).map((job) => ({ type: 'cancel-job', job, reason: 'the winner is sealed' })),
  );
};

/** Closer looks that came too late: the refit is not to wait for them. */
function underWay(run: OpenRun): string[] {
  return Object.values(run.jobs).flatMap(({ id, stage }) => (stage === 'open' ? [id] : []));
}

/** Where nothing else is there, what is not to be believed is delivered, and this is said. */
function doubt(winner: Candidate | undefined): string {
  if (winner?.stage !== 'scored' || winner.trust?.label !== 'suspicious') return '';
  return `; ITS SCORE IS NOT TO BE BELIEVED, and nothing else is there: ${winner.trust.reasons.join('; ')}`;
}
