/** What a task says a model may be at most: its size, and the time it takes for one row. */
import type { PreparedData } from '@modelwright/contracts';
import type { OpenRun } from './run-state.ts';

const MEGABYTE = 1_000_000;

/**
 * Why a candidate may not be delivered; null where it may.
 *
 * @param modelBytes Size of its model; undefined where nobody has measured it.
 */
export function overLimit(run: OpenRun, candidate: string, modelBytes: number | undefined): string | null {
  const { max_model_mb: mb, max_latency_ms: ms } = run.task?.constraints ?? {};
  const tooLarge = mb === undefined || modelBytes === undefined ? null : modelTooLarge(modelBytes, mb);
  if (tooLarge !== null || ms === undefined) return tooLarge;
  const measured = latencyMs(run, candidate);
  return measured === null || measured <= ms
    ? null
    : `a row takes ${short(measured)} ms to predict, and may take ${short(ms)} ms`;
}

export function modelTooLarge(bytes: number, mb: number): string | null {
  return bytes <= mb * MEGABYTE
    ? null
    : `the model has ${short(bytes / MEGABYTE)} MB, and may have ${short(mb)} MB`;
}

interface Inference {
  readonly candidate: string;
  readonly seconds: number;
  readonly rows: number;
}

/**
 * What one row takes: the time beyond that of the fastest inference of the run, in which a program does little but start, over
 * the rows. So it is never more than the truth, and 0 where nothing was faster. Null where nothing was measured.
 */
export function latencyMs(run: OpenRun, candidate: string): number | null {
  if (run.phase.name === 'preparing') return null;
  const all = inferencesOf(run, run.phase.data);
  const own = all.filter((one) => one.candidate === candidate && one.rows > 0);
  if (own.length === 0) return null;
  const start = Math.min(...all.map(({ seconds }) => seconds));
  return Math.max(...own.map(({ seconds, rows }) => ((seconds - start) / rows) * 1000));
}

function inferencesOf(run: OpenRun, data: PreparedData): Inference[] {
  return Object.values(run.jobs).flatMap((job) =>
    job.stage === 'closed' && job.end === 'finished' && job.ordered?.purpose === 'infer'
      ? [{ candidate: job.ordered.candidate, seconds: job.seconds, rows: rowsOf(job.id, data) }]
      : [],
  );
}

/** That a job of this name predicts; 0 where that is not known. */
function rowsOf(job: string, { rows, rounds }: PreparedData): number {
  if (/_test-r(ows|ecord)/.test(job)) return rows.test;
  if (/_holdout-rows/.test(job)) return rows.holdout;
  if (/_round-\d+_/.test(job)) return rows.score / Math.max(1, rounds?.length ?? 1);
  return /_score-rows/.test(job) ? rows.score : 0;
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
