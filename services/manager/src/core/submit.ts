/** Submits a job of the manager's own: the event that it was opened, and the effect that sends it. */
import {
  type Job,
  type JobPurpose,
  managerJobId,
  type TreeRef,
  trainingPlacement,
  type Version,
} from '@modelwright/contracts';
import type { OpenRun } from './run-state.ts';
import { deriveSeed } from './seed.ts';
import { type Step, step } from './step.ts';

const GIB = 2 ** 30;
const INFER_SECONDS = 600;

export interface JobOrder {
  readonly id: string;
  readonly candidate: string;
  readonly purpose: JobPurpose;
  readonly code: Job['code'];
  readonly command: Job['command'];
  readonly data: TreeRef;
  readonly inputs?: Job['inputs'];
  readonly overlay?: Job['overlay'];
  /** The runner's own when absent. */
  readonly environment?: Job['environment'] | undefined;
  readonly variables?: Job['variables'];
  readonly wallSeconds?: number;
  /** That it wants, where the farm has them; none when absent. */
  readonly accelerators?: number | undefined;
  readonly reason: string;
}

export function submit(run: OpenRun, order: JobOrder, now: number): Step {
  const wish = order.accelerators === undefined ? {} : { accelerators: order.accelerators };
  const placement = trainingPlacement(wish, { accelerators: [...run.accelerators] });
  const short = !TRAININGS.has(order.purpose);
  const job: Job = {
    id: order.id,
    run: run.submitted.run,
    candidate: order.candidate,
    purpose: order.purpose,
    class: placement.class,
    priority: short ? 'high' : 'normal',
    code: order.code,
    overlay: order.overlay ?? {},
    command: order.command,
    data: order.data,
    inputs: order.inputs ?? {},
    environment: order.environment ?? { kind: 'base' },
    variables: { MW_SEED: String(deriveSeed(run.submitted.seed, order.candidate)), ...order.variables },
    accelerators: placement.accelerators,
    assets: needsAssets(order.purpose) ? assetsOf(run) : [],
    stopRules: [],
    limits: {
      wallSeconds: order.wallSeconds ?? INFER_SECONDS,
      graceSeconds: 10,
      stallSeconds: INFER_SECONDS,
      memoryBytes: placement.memoryBytes ?? 4 * GIB,
      cpus: 1,
      pids: 256,
      diskBytes: 8 * GIB,
      logBytes: 8 * 2 ** 20,
    },
  };
  return step(
    order.reason,
    [{ type: 'job-opened', job: job.id, purpose: job.purpose, candidate: order.candidate, at: now }],
    [{ type: 'submit-job', job }],
  );
}

/** They take as long as a training does: not for the slot that runners keep for short jobs. */
const TRAININGS: ReadonlySet<JobPurpose> = new Set(['train', 'refit', 'derive', 'round', 'audit']);

/** Inference gets none: what a model needs to predict is part of the model, or nobody could use it elsewhere. */
function needsAssets(purpose: JobPurpose): boolean {
  return purpose !== 'infer' && purpose !== 'verify';
}

function assetsOf({ phase }: OpenRun): Job['assets'] {
  return phase.name === 'preparing' ? [] : (phase.data.assets ?? []);
}

/** Command of every candidate and every deliverable for raw predictions into `predictions.csv`. */
export const INFER = [
  'sh',
  '-c',
  'exec python inference.py --model "$MW_INPUTS/model" --input "$MW_DATA" --output "$MW_OUT/predictions.csv"',
];

/**
 * A training that nothing but the model is wanted of: programs whose model needs no cross-validation leave it out, and with it
 * `oof.csv`. The others train as always.
 */
export const FINAL_ONLY = { MW_FINAL_ONLY: '1' };

/** The files of a version, and what its programs run in. */
export function programOf({ commit, bundle, environment }: Version): Pick<JobOrder, 'code' | 'environment'> {
  return { code: { kind: 'version', commit, bundle }, environment };
}

export function jobId(run: OpenRun, candidate: string, tag: string, n: number): string {
  return managerJobId(run.submitted.run, candidate, tag, n);
}
