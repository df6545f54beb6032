/** The grader has judged: a candidate's score, the winner's holdout, or whether the deliverable reproduces its record. */
import type { WorkResult } from '@modelwright/contracts';
import { AUDIT } from '../auditing.ts';
import { becomesBest, verdictOn } from '../best.ts';
import { endRun } from '../end-run.ts';
import { scoredModelInstead } from '../fall-back.ts';
import { inTurn } from '../in-turn.ts';
import { overLimit } from '../limits.ts';
import { RESEED, reseedSeed } from '../reseeding.ts';
import type { AssignmentState, OpenRun } from '../run-state.ts';
import { join, NOTHING, type Step, step } from '../step.ts';
import { trustIn } from '../trust.ts';

type Graded = Extract<WorkResult, { role: 'grader' }>;

export function onGraded(run: OpenRun, assignment: AssignmentState, result: Graded, now: number): Step {
  switch (assignment.action) {
    case 'score':
      return onScored(run, assignment.candidate, result);
    case RESEED:
      return onReseeded(run, assignment.candidate, result);
    case 'holdout':
      return result.score === null
        ? NOTHING
        : step(`holdout ${result.score.value}`, [
            { type: 'holdout-opened', candidate: assignment.candidate, score: result.score },
          ]);
    case AUDIT:
      return onAudited(run, assignment.candidate, result);
    case 'agreement':
      return onCompared(run, result.agree === true, result.notes);
    default:
      return onReproduced(run, result, now);
  }
}

function onScored(run: OpenRun, candidate: string, result: Graded): Step {
  const { score, diagnosis, submission, comparison } = result;
  if (score === null || run.candidates[candidate]?.stage !== 'grading') return NOTHING;
  const excluded = overLimit(run, candidate, result.modelBytes);
  const but = excluded === null ? '' : `, and may not be delivered: ${excluded}`;
  const known = step(`${candidate} scores ${score.value} ± ${score.standardError}${but}`, [
    {
      type: 'candidate-scored',
      candidate,
      score,
      diagnosis,
      comparison,
      submission,
      ...(result.findings === undefined ? {} : { findings: result.findings }),
      ...(result.trust === undefined ? {} : { trust: trustIn(run, candidate, result.trust) }),
      ...(excluded === null ? {} : { excluded }),
    },
  ]);
  return inTurn(run, [() => known, (next) => asBest(next, candidate)]);
}

function onReseeded(run: OpenRun, candidate: string, { score, comparison }: Graded): Step {
  const scored = run.candidates[candidate];
  if (score === null || scored?.stage !== 'scored') return NOTHING;
  return step(`${candidate} scores ${score.value} ± ${score.standardError} with another seed`, [
    { type: 'candidate-reseeded', candidate, seed: reseedSeed(run, scored), score, comparison },
  ]);
}

/** `run` knows the candidate's score. */
function asBest(run: OpenRun, candidate: string): Step {
  const scored = run.candidates[candidate];
  if (scored?.stage !== 'scored') return NOTHING;
  const { wins, why } = verdictOn(run, scored);
  return wins ? becomesBest(scored, `the best so far: ${why}`) : step(why, []);
}

function onAudited(run: OpenRun, candidate: string, { findings = [], trust }: Graded): Step {
  if (trust === undefined || run.candidates[candidate]?.stage !== 'scored') return NOTHING;
  const known = trustIn(run, candidate, trust);
  const [why] = known.reasons;
  return step(`${candidate} is ${known.label}${why === undefined ? '' : `: ${why}`}`, [
    { type: 'candidate-audited', candidate, findings, trust: known },
  ]);
}

function onReproduced(run: OpenRun, result: Graded, now: number): Step {
  const agree = result.agree === true;
  const finding = agree
    ? 'the deliverable reproduces its record'
    : ['the deliverable is not what is on record or was asked for', ...result.notes].join('; ');
  const verified = step('', [{ type: 'deliverable-verified', agree, notes: result.notes }]);
  return join([
    verified,
    agree ? endRun(run, 'finished', finding, now) : scoredModelInstead(run, finding, now),
  ]);
}

/** What could not be compared is not delivered: the next step of the ladder follows. */
export function onCompared({ phase }: OpenRun, agree: boolean, notes: readonly string[]): Step {
  if (phase.name !== 'refitting' || phase.winner.model?.refitted !== true) return NOTHING;
  const finding = agree
    ? 'the refitted model says what the scored one says'
    : 'the refitted model says something else than the scored one';
  return step([finding, ...notes].join('; '), [{ type: 'model-compared', agree, notes: [...notes] }]);
}
