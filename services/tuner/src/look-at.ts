/** Looks at a training: its outcome from the runner, its score from the harness. */
import { judgedData } from '@modelwright/agent-host';
import type { JobOutcome, TreeRef } from '@modelwright/contracts';
import { mayLeaveModel, type Training } from './core/training.ts';
import type { StartedTrial } from './core/trials.ts';
import type { TunerSeat } from './tuner.ts';

const MOST_STDERR = 4000;

export async function lookAt(seat: TunerSeat, trial: StartedTrial): Promise<Training> {
  const outcome = await seat.jobs.outcome(trial.job);
  if (outcome === null) return { ...trial, state: 'running' };
  const { end, reason, wallSeconds: seconds, stderrTail } = outcome;
  const stderr = stderrTail.slice(-MOST_STDERR);
  const ended = { ...trial, state: 'ended', end, reason, seconds, stderr } as const;
  const { output } = outcome;
  if (output === null) {
    return { ...ended, oof: null, folds: [], diagnosis: null, problem: 'it left nothing', model: null };
  }
  const { score: oof, ...report } = await seat.scores.of(judgedData(seat.work.data), output);
  return { ...ended, ...report, oof, model: await modelIn(seat, outcome, output) };
}

export async function lookAtAll(seat: TunerSeat, trials: readonly StartedTrial[]): Promise<Training[]> {
  const trainings: Training[] = [];
  for (const trial of trials) trainings.push(await lookAt(seat, trial));
  return trainings;
}

async function modelIn(seat: TunerSeat, outcome: JobOutcome, output: TreeRef): Promise<TreeRef | null> {
  if (!mayLeaveModel(outcome.end, outcome.exitCode)) return null;
  const { files } = await seat.store.readManifest(output);
  return files.some((file) => file.path.startsWith('model/')) ? output : null;
}
