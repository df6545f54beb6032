/** The grader has judged: a candidate's score, the winner's holdout, or whether the deliverable reproduces its record. */
import type { WorkResult } from '@modelwright/contracts';
import { BLEND } from '../candidate.ts';
import { endRun } from '../end-run.ts';
import { scoredModelInstead } from '../fall-back.ts';
import { beats } from '../ranking.ts';
import type { AssignmentState, OpenRun } from '../run-state.ts';
import { join, NOTHING, type Step, step } from '../step.ts';

type Graded = Extract<WorkResult, { role: 'grader' }>;

export function onGraded(run: OpenRun, assignment: AssignmentState, result: Graded, now: number): Step {
  switch (assignment.action) {
    case 'score':
      return onScored(run, assignment.candidate, result);
    case 'holdout':
      return result.score === null
        ? NOTHING
        : step(`holdout ${result.score.value}`, [
            { type: 'holdout-opened', candidate: assignment.candidate, score: result.score },
          ]);
    default:
      return onReproduced(run, result, now);
  }
}

function onScored(run: OpenRun, candidate: string, result: Graded): Step {
  const { score, diagnosis, submission } = result;
  const scored = run.candidates[candidate];
  if (score === null || scored?.stage !== 'grading' || run.phase.name === 'preparing') return NOTHING;
  const { data } = run.phase;
  const known = step(`${candidate} scores ${score.value} ± ${score.standardError}`, [
    { type: 'candidate-scored', candidate, score, diagnosis },
  ]);
  const contender = { id: candidate, score, oof: scored.trained.oof };
  const accepted =
    candidate === BLEND
      ? result.comparison?.better === true
      : beats(contender, bestOf(run), data.task.direction);
  if (!accepted) return known;
  return step(`${known.reason}, the best so far`, [
    ...known.events,
    { type: 'best-changed', candidate, score, submission },
  ]);
}

function bestOf(run: OpenRun) {
  const best = run.best === null ? undefined : run.candidates[run.best.candidate];
  return best?.stage === 'scored' ? { id: best.id, score: best.score, oof: best.trained.oof } : null;
}

function onReproduced(run: OpenRun, result: Graded, now: number): Step {
  const agree = result.agree === true;
  const finding = agree
    ? 'the deliverable reproduces its record'
    : 'the deliverable does not reproduce its record';
  const verified = step('', [{ type: 'deliverable-verified', agree, notes: result.notes }]);
  return join([
    verified,
    agree ? endRun(run, 'finished', finding, now) : scoredModelInstead(run, finding, now),
  ]);
}
