/** Sample values for tests: a task, prepared data, plans, scores. Deterministic, and the same for the same name. */
import type {
  InboxMessage,
  JobEnd,
  Plan,
  PreparedData,
  RunId,
  Score,
  Task,
  Trained,
  TreeRef,
  Version,
} from '@modelwright/contracts';
import type { RunSubmitted } from '../run-state.ts';

export const RUN: RunId = 'sample-abc123-05';

export const TASK: Task = {
  version: 1,
  name: 'sample',
  description: 'A sample.',
  data: { layout: 'table', train: 'train.csv', test: 'test.csv', target: 'y' },
  metric: 'accuracy',
};

export function submitted(over: Partial<RunSubmitted> = {}): RunSubmitted {
  return {
    type: 'run-submitted',
    run: RUN,
    task: TASK,
    budget: {
      minutes: 10,
      candidates: 4,
      trials: 2,
      microUsd: 0,
      gpuHours: 0,
      tokens: null,
      onCap: 'finish',
    },
    seed: 7,
    source: tree('source'),
    player: { kind: 'playbook', clumsy: false },
    ...over,
  };
}

export function tree(name: string): TreeRef {
  const sha256 = hexOf(name, 32);
  return { kind: 'tree', store: 'artifacts', sha256, size: 1 };
}

/** The first bytes of a name in hexadecimal, filled up with zeros. */
function hexOf(name: string, bytes: number): string {
  return Array.from({ length: bytes }, (_, n) =>
    ((name.codePointAt(n) ?? 0) % 256).toString(16).padStart(2, '0'),
  ).join('');
}

export function version(candidate: string): Version {
  return {
    commit: hexOf(candidate, 20),
    bundle: { kind: 'blob', store: 'workspaces', sha256: tree(candidate).sha256, size: 1 },
  };
}

export function jobFinished(job: string, well: boolean): InboxMessage {
  return jobEnded(job, well ? 'finished' : 'failed', 1);
}

export function jobEnded(job: string, end: JobEnd, wallSeconds: number): InboxMessage {
  const well = end === 'finished';
  return {
    type: 'job-finished',
    run: RUN,
    job,
    end,
    reason: well ? 'exit code 0' : end === 'failed' ? 'exit code 1' : `it was ${end}`,
    attempt: 1,
    wallSeconds,
    output: well ? tree(job) : null,
    isolation: 'contained',
  };
}

/** c1 0.91, c2 0.92, c3 0.90 (wrapping), c0 0.80: the same whatever the order. */
export function scoreOf(candidate: string): Score {
  const value =
    candidate === 'c0' ? 0.8 : candidate === 'blend' ? 0.95 : 0.9 + (Number(candidate.slice(1)) % 3) / 100;
  return { value, standardError: 0.01, interval: [value - 0.02, value + 0.02], rows: 100 };
}

export function oofOf(candidate: string): Score {
  return { ...scoreOf(candidate), rows: 400 };
}

export function plan(name: string): Plan {
  const text = { summary: '', reason: '', architecture: '', pipeline: '', loss: '', regularisation: '' };
  const rest = { validation: '', resources: '', inferenceCost: '', differs: '' };
  return { name, recipe: null, ...text, ...rest, config: {} };
}

export function trained(candidate: string): Trained {
  return {
    version: version(candidate),
    output: tree(`${candidate}-out`),
    job: 'j',
    config: {},
    oof: oofOf(candidate),
    seconds: 1,
  };
}

export function data(): PreparedData {
  const task = {
    version: 1 as const,
    name: 'sample',
    description: 'A sample.',
    id: 'id',
    target: 'y',
    fold: 'fold',
    kind: 'classification' as const,
    classes: ['a', 'b'],
    metric: 'accuracy' as const,
    direction: 'maximize' as const,
    features: [{ name: 'x', kind: 'numeric' as const }],
    image: null,
    folds: 5,
    seed: 1,
    rows: 400,
  };
  return {
    datasets: {
      train: tree('train'),
      all: tree('all'),
      score: tree('score'),
      holdout: tree('holdout'),
      test: tree('test'),
    },
    truth: { ...tree('truth'), store: 'truth' },
    task,
    rows: { train: 400, score: 100, holdout: 100, test: 50, unlabelled: 0 },
    card: tree('card'),
    form: tree('form'),
    split: { by: 'random', reason: 'nothing speaks for another', seed: 1 },
    warnings: [],
  };
}
