/** How the time of a run is divided. All moments are milliseconds since the epoch. */
import { type CandidateIn, isSettled } from './candidate.ts';
import { finishingSeconds, MARGIN, proofSeconds, type RefitMode, refitSeconds } from './finishing-time.ts';
import { roomFor } from './portfolio.ts';
import type { OpenRun } from './run-state.ts';

/** Share of the whole time kept for finishing, at least. */
const RESERVE_SHARE = 0.15;
/** Besides finishing, for blending and for closer looks at those that may win. */
const BEFORE_SEALING_SHARE = 0.05;
/** Where finishing would take more of the whole than this, the refit is planned smaller, or not at all. */
const MOST_FOR_FINISHING = 0.5;
/** Agents are to hand over what they have before the search ends. */
const HANDOVER_SHARE = 0.05;
/** For what everything waits for language models have this share of the time, or so much where that is little. */
const BEGINNING_SHARE = 0.25;
const BEGINNING_AT_LEAST = 5 * 60_000;
const BEGINNING_AT_MOST_SHARE = 0.5;

/** Seconds kept free for what comes after the search; estimated again with each new best. */
export function reserveSeconds(run: OpenRun): number {
  const total = totalSeconds(run);
  const best = bestOf(run);
  const finishing = best === null ? 0 : MARGIN * finishingSeconds(run, best, plannedRefit(run, best));
  return Math.max(
    RESERVE_SHARE * total,
    finishing === 0 ? 0 : Math.min(total, finishing + BEFORE_SEALING_SHARE * total),
  );
}

/** The largest refit whose time is worth keeping free for it. */
function plannedRefit(run: OpenRun, best: CandidateIn<'scored'>): RefitMode {
  if (run.finishing?.refit === false || (run.task?.constraints?.refit ?? 'all') !== 'all') return 'none';
  const most = MOST_FOR_FINISHING * totalSeconds(run);
  return (
    (['full', 'final'] as const).find((mode) => MARGIN * finishingSeconds(run, best, mode) <= most) ?? 'none'
  );
}

/** When the winner must be known: what is left is for finishing. */
export function sealingDeadline(run: OpenRun): number {
  const best = bestOf(run);
  const finishing = best === null ? 0 : MARGIN * finishingSeconds(run, best, plannedRefit(run, best));
  return Math.round(run.deadline - finishing * 1000);
}

/** Nothing more is waited for that could change the winner: the time for it is up, or the user has asked for what there is. */
export function mustSeal(run: OpenRun, now: number): boolean {
  return run.finishing !== null || now >= sealingDeadline(run);
}

/** Whether something that takes so many seconds can be done before the winner must be known. */
export function fitsBeforeSealing(run: OpenRun, seconds: number, now: number): boolean {
  return now + MARGIN * seconds * 1000 <= sealingDeadline(run);
}

function bestOf(run: OpenRun): CandidateIn<'scored'> | null {
  const best = run.best === null ? undefined : run.candidates[run.best.candidate];
  return best?.stage === 'scored' ? best : null;
}

function totalSeconds({ deadline, startedAt }: OpenRun): number {
  return (deadline - startedAt) / 1000;
}

/** When the search ends. */
export function searchDeadline(run: OpenRun): number {
  return Math.round(run.deadline - reserveSeconds(run) * 1000);
}

/** When agents of the search must be done, so that what they have can still be scored. */
export function handoverDeadline(run: OpenRun): number {
  return Math.round(searchDeadline(run) - HANDOVER_SHARE * (run.deadline - run.startedAt));
}

/** When a language model must have done what all else waits for, so that the playbook can do it in its place. */
export function beginningDeadline({ deadline, startedAt }: OpenRun, now: number): number {
  const whole = deadline - startedAt;
  const patience = Math.max(BEGINNING_AT_LEAST, BEGINNING_SHARE * whole);
  return Math.round(now + Math.min(patience, BEGINNING_AT_MOST_SHARE * whole));
}

/** The one who writes code, or tunes, has at least so long; and at least this share of the time where that is more. */
const STEP_AT_LEAST = 3 * 60_000;
const STEP_SHARE = 0.1;
/** A candidate is written, then tuned. */
const STEPS = 2;
/** All trainings of a tuner, and what it thinks between them. */
const TRIALS_MARGIN = 1.5;

/**
 * When a language model must have written a candidate, or tuned it, so that it leaves time for the others, and for the playbook
 * in its place: its share of what is left of the search, where as many as there are slots, and one, go side by side.
 */
export function stepDeadline(run: OpenRun, role: 'coder' | 'tuner', now: number): number {
  const latest = handoverDeadline(run);
  const unsettled = Object.values(run.candidates).filter((one) => !isSettled(one)).length;
  const rounds = Math.max(1, Math.ceil((unsettled + roomFor(run)) / (run.slots + 1)));
  const trainings =
    role === 'tuner' ? TRIALS_MARGIN * run.submitted.budget.trials * trialSeconds(run) * 1000 : 0;
  const share = Math.max(
    STEP_AT_LEAST + trainings,
    STEP_SHARE * (run.deadline - run.startedAt),
    (latest - now) / (STEPS * rounds),
  );
  return Math.min(latest, Math.round(now + share));
}

/**
 * Time budget of one training, seconds: from the budget alone, so that it does not depend on the order of events. A candidate
 * that is scored in rounds is trained once more for each.
 */
export function trialSeconds(run: OpenRun): number {
  const { minutes, candidates, trials } = run.submitted.budget;
  const rounds = run.phase.name === 'preparing' ? 0 : (run.phase.data.rounds?.length ?? 0);
  const trainings = (candidates + 1) * (trials + rounds);
  return Math.max(10, Math.floor((minutes * 60 * (1 - RESERVE_SHARE)) / trainings));
}

/** When the model to deliver must be known, or nothing can be proved before the deadline. */
export function choiceDeadline(run: OpenRun, candidate: CandidateIn<'scored'>): number {
  return Math.round(run.deadline - MARGIN * proofSeconds(run, candidate) * 1000);
}

/** Whether a refit, judged by the scored training, still fits before the deadline. */
export function refitFits(
  run: OpenRun,
  candidate: CandidateIn<'scored'>,
  mode: 'full' | 'final',
  now: number,
): boolean {
  return now + MARGIN * refitSeconds(run, candidate, mode) * 1000 <= choiceDeadline(run, candidate);
}
