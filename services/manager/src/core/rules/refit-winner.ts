/** The winner's recipe, frozen, is trained on all labelled rows; where that is not wanted or fails, the scored model stays. */
import type { CandidateIn } from '../candidate.ts';
import type { OpenRun } from '../run-state.ts';
import { type Step, step } from '../step.ts';
import { jobId, programOf, submit } from '../submit.ts';
import { refitFits } from '../time.ts';
import { sealed } from '../winner.ts';
import { outputOf } from './collect-predictions.ts';
import type { Rule } from './rule.ts';

/** A refit may take this many times the scored training: it sees more rows on a machine that may be busier. */
const REFIT_PATIENCE = 5;
const REFIT_SECONDS_AT_LEAST = 60;

export const refitWinner: Rule = (run, now) => {
  const found = sealed(run, 'refitting');
  if (found === null || found.winner.choices > 0) return null;
  const { candidate, phase } = found;
  const id = jobId(run, candidate.id, 'refit', 1);
  if (run.jobs[id] !== undefined || reasonAgainst(run, candidate, now) !== null) return null;
  const seconds = Math.max(REFIT_SECONDS_AT_LEAST, candidate.trained.seconds * REFIT_PATIENCE);
  return submit(
    run,
    {
      id,
      candidate: candidate.id,
      purpose: 'refit',
      ...programOf(candidate.trained.version),
      command: ['python', 'train.py'],
      data: phase.data.datasets.all,
      overlay: { 'config.json': JSON.stringify(candidate.trained.config) },
      variables: { MW_TIME_BUDGET_SECONDS: String(Math.round(seconds)) },
      wallSeconds: Math.round(seconds * 1.2),
      reason: `${candidate.id} is trained again on all labelled rows`,
    },
    now,
  );
};

export const chooseModel: Rule = (run, now) => {
  const found = sealed(run, 'refitting');
  if (found === null || found.winner.choices > 0) return null;
  const { candidate } = found;
  const job = run.jobs[jobId(run, candidate.id, 'refit', 1)];
  if (job === undefined) {
    const against = reasonAgainst(run, candidate, now);
    return against === null ? null : choose(candidate.trained.output, false, against);
  }
  if (job.stage === 'open') return null;
  const output = outputOf(job);
  return output === null
    ? choose(candidate.trained.output, false, `the refit ${job.end}: ${job.reason}`)
    : choose(output, true, 'trained again on all labelled rows');
};

function reasonAgainst(run: OpenRun, candidate: CandidateIn<'scored'>, now: number): string | null {
  const wanted = run.task?.constraints?.refit ?? 'all';
  if (wanted !== 'all') return `the task asks for refit: ${wanted}`;
  return refitFits(run, candidate.trained.seconds, now) ? null : 'no time is left for a refit';
}

function choose(output: CandidateIn<'scored'>['trained']['output'], refitted: boolean, reason: string): Step {
  return step(`the model to deliver: ${reason}`, [{ type: 'model-chosen', output, refitted, reason }]);
}
