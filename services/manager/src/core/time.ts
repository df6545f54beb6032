/** How the time of a run is divided. All moments are milliseconds since the epoch. */
import { isSettled } from './candidate.ts';
import { roomFor } from './portfolio.ts';
import type { OpenRun } from './run-state.ts';

/** Share of the whole time kept for refit, test inference and verification. */
const RESERVE_SHARE = 0.15;
/** On top of a measured refit, for what cannot be foreseen. */
const RESERVE_MARGIN = 1.3;
/** Labelled rows over training rows, at most: a refit sees score and holdout rows as well. */
const REFIT_GROWTH = 2;
/** Inference, packaging and verification in a fresh environment, seconds. */
const PROOF_SECONDS = 20;
/** Agents are to hand over what they have before the search ends. */
const HANDOVER_SHARE = 0.05;
/** For what everything waits for language models have this share of the time, or so much where that is little. */
const BEGINNING_SHARE = 0.25;
const BEGINNING_AT_LEAST = 5 * 60_000;
const BEGINNING_AT_MOST_SHARE = 0.5;

/** Seconds kept free for finishing; grows with the measured training time of the best. */
export function reserveSeconds(run: OpenRun): number {
  const total = (run.deadline - run.startedAt) / 1000;
  const best = run.best === null ? undefined : run.candidates[run.best.candidate];
  const measured = best?.stage === 'scored' ? best.trained.seconds * REFIT_GROWTH + PROOF_SECONDS : 0;
  return Math.max(RESERVE_SHARE * total, RESERVE_MARGIN * measured);
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

/** Time budget of one training, seconds: from the budget alone, so that it does not depend on the order of events. */
export function trialSeconds(run: OpenRun): number {
  const { minutes, candidates, trials } = run.submitted.budget;
  return Math.max(10, Math.floor((minutes * 60 * (1 - RESERVE_SHARE)) / ((candidates + 1) * trials)));
}

/** Whether a refit, judged by the scored training, still fits before the deadline. */
export function refitFits(run: OpenRun, trainingSeconds: number, now: number): boolean {
  return now + RESERVE_MARGIN * (trainingSeconds * REFIT_GROWTH + PROOF_SECONDS) * 1000 <= run.deadline;
}
