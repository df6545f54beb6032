/** What a tuner leaves: a trained version with its configuration, and all its trainings. */
import { answeredCalls, type HandedOver } from '@modelwright/agent';
import { configText } from '@modelwright/agent-host';
import { PermanentFailure } from '@modelwright/bus';
import type { TreeRef, TurnRecord, Version, WorkResult } from '@modelwright/contracts';
import { claimedIn } from './core/claimed.ts';
import { bestOf, type Training, trialOf, type UsableTraining } from './core/training.ts';
import { startedTrials } from './core/trials.ts';
import { lookAtAll } from './look-at.ts';
import type { TunerSeat } from './tuner.ts';

const METRICS = 'metrics.jsonl';
/** Bytes; a longer file is not searched for what the training said of itself. */
const MOST_METRICS = 16 * 1024 * 1024;

/** When a limit ends the work: the best training so far, if there is one. */
export async function handOverBest(
  seat: TunerSeat,
  transcript: readonly TurnRecord[],
): Promise<HandedOver | null> {
  const calls = answeredCalls(transcript);
  const trainings = await lookAtAll(seat, startedTrials(calls));
  await cancelRunning(seat, trainings);
  const best = bestOf(trainings, seat.work.data.task.direction);
  if (best === null) return null;
  const reason = `the best of ${trainings.length} when the time for more was up`;
  const result = await resultOf(seat, { chosen: best, trainings, reason, at: calls.at(-1)?.at ?? 0 });
  return { content: `${best.job}: ${reason}`, result };
}

export interface Choice {
  readonly chosen: UsableTraining;
  readonly trainings: readonly Training[];
  readonly reason: string;
  /** Dates the commit of the configuration; the same whenever this is done again. */
  readonly at: number;
}

export async function resultOf(
  seat: TunerSeat,
  { chosen, trainings, reason, at }: Choice,
): Promise<WorkResult> {
  const { job, config, seconds, oof, model } = chosen;
  const version = await configured(seat, chosen, at);
  const claimed = await claimedBy(seat, model);
  const trained = { version, output: model, job, config, oof, seconds, claimed };
  const trials = trainings.filter(({ probe }) => probe !== 'smoke').map(trialOf);
  return { role: 'tuner', trained, trials, reason };
}

async function claimedBy({ store, work }: TunerSeat, model: TreeRef): Promise<number | null> {
  const { files } = await store.readManifest(model);
  const size = files.find(({ path }) => path === METRICS)?.size ?? 0;
  if (size === 0 || size > MOST_METRICS) return null;
  const bytes = await store.getTreeFile(model, METRICS);
  return bytes === null ? null : claimedIn(new TextDecoder().decode(bytes), work.data.task.metric);
}

export async function cancelRunning(seat: TunerSeat, trainings: readonly Training[]): Promise<void> {
  for (const { job, state } of trainings) {
    if (state === 'running') await seat.jobs.cancel(job, 'its tuner has made its choice');
  }
}

/** The candidate with the chosen configuration as its own, so that what is delivered trains like what was scored. */
async function configured(
  { tree }: TunerSeat,
  { config, job }: UsableTraining,
  at: number,
): Promise<Version> {
  const files = await tree.files();
  const written = await files.writeText('config.json', configText(config));
  const saved = await tree.save(`Configure as in ${job}`, at);
  if (written.kind === 'refused') throw new PermanentFailure('refused-file', written.reason);
  if (saved.kind === 'refused') throw new PermanentFailure('refused-file', saved.reason);
  return saved.version;
}
