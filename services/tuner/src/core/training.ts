/** What became of a training, and which of several is the best. */
import {
  type Direction,
  isBetter,
  type JobEnd,
  type Score,
  type TreeRef,
  type Trial,
} from '@modelwright/contracts';
import type { StartedTrial } from './trials.ts';

export type Training = StartedTrial &
  (
    | { readonly state: 'running' }
    | {
        readonly state: 'ended';
        readonly end: JobEnd;
        readonly reason: string;
        readonly seconds: number;
        readonly oof: Score | null;
        readonly folds: readonly number[];
        /** Where it is wrong, as the harness says. */
        readonly diagnosis: unknown;
        /** Why there is no score; null where there is one. */
        readonly problem: string | null;
        readonly stderr: string;
        /** Holds `model/`; null when there is no model in what it left. */
        readonly model: TreeRef | null;
      }
  );

export interface UsableTraining extends StartedTrial {
  readonly seconds: number;
  readonly oof: Score;
  readonly model: TreeRef;
}

/** The kit's exit code of a training that was told to stop and saved what it had. */
export const STOPPED_EARLY = 75;

const WHOLE: ReadonlySet<JobEnd> = new Set(['finished', 'cancelled', 'timed-out']);

/** Whether a job that ended so may have left a whole model. A program that failed by itself has not said so. */
export function mayLeaveModel(end: JobEnd, exitCode: number | null): boolean {
  return WHOLE.has(end) || (end === 'failed' && exitCode === STOPPED_EARLY);
}

/** A rehearsal on a hundred rows leaves a model as well: never one to hand over. */
export function usable(training: Training): UsableTraining | null {
  if (training.state === 'running' || training.oof === null || training.model === null) return null;
  const { job, config, probe, seconds, oof, model } = training;
  return probe === 'smoke' ? null : { job, config, probe, seconds, oof, model };
}

/** Of the most rows that any training predicted, how many one must have predicted to be compared with it. */
const COMPARABLE = 0.95;

/**
 * The best by its out-of-fold score; of equals the earlier. A training that ran out of time is scored on part of the
 * rows: it counts only where no other is scored on more. A short probe counts where there is no training in full.
 */
export function bestOf(trainings: readonly Training[], toward: Direction): UsableTraining | null {
  const left = trainings.flatMap((training) => usable(training) ?? []);
  const full = left.filter(({ probe }) => probe === null);
  const all = full.length > 0 ? full : left;
  const most = Math.max(0, ...all.map(({ oof }) => oof.rows));
  return all
    .filter(({ oof }) => oof.rows >= COMPARABLE * most)
    .reduce<UsableTraining | null>(
      (best, next) => (best === null || isBetter(next.oof.value, best.oof.value, toward) ? next : best),
      null,
    );
}

export function trialOf(training: Training): Trial {
  const { job, config } = training;
  if (training.state === 'running') return { job, config, outcome: 'running', oof: null, seconds: 0 };
  return { job, config, outcome: training.end, oof: training.oof, seconds: training.seconds };
}
