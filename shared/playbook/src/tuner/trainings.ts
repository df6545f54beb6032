/** The trainings so far, as the conversation tells of them. */
import { score } from '@modelwright/contracts';
import { z } from 'zod';
import type { Settings } from '../recipe/recipe.ts';
import { readAnswer, type Step } from '../steps.ts';

const report = z.object({
  job: z.string(),
  outcome: z.string(),
  reason: z.string().catch(''),
  seconds: z.number().catch(0),
  oof: score.nullable(),
  stderr: z.string().catch(''),
});
export type TrainingReport = z.infer<typeof report>;

export interface Training {
  readonly job: string;
  readonly config: Settings;
  /** Null while it runs. */
  readonly report: TrainingReport | null;
}

const startedJob = z.object({ job: z.string() });
const started = z.object({ config: z.record(z.string(), z.json()) });

/** In the order of their start; a start that was refused is none. */
export function trainingsOf(steps: readonly Step[]): Training[] {
  const reports = steps
    .filter(({ name }) => name === 'train_wait')
    .flatMap((step) => readAnswer(step, z.array(report)) ?? []);
  return steps.flatMap((step) => {
    const answer = step.name === 'train_start' ? readAnswer(step, startedJob) : null;
    if (answer === null) return [];
    const ended = reports.findLast(({ job, outcome }) => job === answer.job && outcome !== 'running');
    return [{ job: answer.job, config: started.parse(step.args).config, report: ended ?? null }];
  });
}

/** Of the most rows that any training predicted, how many one must have predicted to be compared with it. */
const COMPARABLE = 0.95;

export interface Scored extends Training {
  readonly value: number;
  readonly standardError: number;
}

/** Those whose scores can be compared: a training that ran out of time is scored on part of the rows. */
export function scoredOf(trainings: readonly Training[]): Scored[] {
  const most = Math.max(0, ...trainings.map(({ report }) => report?.oof?.rows ?? 0));
  return trainings.flatMap((training) => {
    const oof = training.report?.oof ?? null;
    if (oof === null || oof.rows < COMPARABLE * most) return [];
    return [{ ...training, value: oof.value, standardError: oof.standardError }];
  });
}
