/** A run's log for tests: two candidates, one job that failed, a delivery. */
import { type RunEvent, type RunRecord, runEvent, type Score } from '@modelwright/contracts';
import type { LogEntry } from './run-view.ts';

const SHA = 'a'.repeat(64);
const TREE = { kind: 'tree', store: 'artifacts', sha256: SHA, size: 1_500_000 } as const;
const BLOB = { kind: 'blob', store: 'artifacts', sha256: SHA, size: 1200 } as const;
const VERSION = { commit: 'b'.repeat(40), bundle: { ...BLOB, store: 'workspaces' } } as const;

export const RUN = 'digits-k3f9x2-07';
export const START = Date.UTC(2026, 0, 1, 12, 0, 0);
export const MINUTE = 60_000;

export const score = (value: number): Score => ({
  value,
  standardError: 0.004,
  interval: [value - 0.008, value + 0.008],
  rows: 300,
});

const plan = (name: string) => ({
  name,
  recipe: 'forest',
  summary: 's',
  reason: 'r',
  architecture: 'a',
  pipeline: 'p',
  loss: 'l',
  regularisation: 'r',
  validation: 'v',
  resources: 'r',
  inferenceCost: 'i',
  differs: 'd',
  config: {},
});

const trained = { version: VERSION, output: TREE, job: 'j', config: {}, oof: score(0.96), seconds: 12 };
const trial = { job: 'j', config: {}, outcome: 'finished', oof: score(0.96), seconds: 12 };

const submitted = {
  type: 'run-submitted' as const,
  run: RUN,
  task: {
    version: 1 as const,
    name: 'digits',
    description: 'Recognise the digit.',
    data: { layout: 'table' as const, train: 'train.csv', target: 'digit' },
    metric: 'accuracy' as const,
  },
  budget: {
    minutes: 10,
    candidates: 2,
    trials: 1,
    microUsd: 0,
    gpuHours: 0,
    tokens: null,
    onCap: 'finish' as const,
  },
  seed: 7,
  source: { ...TREE, store: 'truth' as const },
  player: { kind: 'playbook' as const, clumsy: false },
};

export const started: RunEvent = { type: 'run-started', submitted, at: START, deadline: START + 10 * MINUTE };

export const prepared: RunEvent = {
  type: 'data-prepared',
  task: null,
  data: {
    datasets: { train: TREE, all: TREE, score: TREE, holdout: TREE, test: null },
    truth: TREE,
    task: {
      version: 1,
      name: 'digits',
      description: 'Which digit is it?',
      id: 'id',
      target: 'digit',
      fold: 'fold',
      kind: 'classification',
      classes: ['0', '1'],
      metric: 'accuracy',
      direction: 'maximize',
      features: [{ name: 'pixel', kind: 'numeric' }],
      image: null,
      folds: 5,
      seed: 1,
      rows: 1050,
    },
    rows: { train: 1050, score: 300, holdout: 150, test: 0, unlabelled: 0 },
    card: TREE,
    form: null,
    split: { by: 'stratified', reason: 'nothing groups the rows', seed: 1 },
    warnings: [],
  },
};

export const planned = (candidate: string, name: string): RunEvent => ({
  type: 'candidate-planned',
  candidate,
  plan: plan(name),
  parent: null,
  partner: null,
  guidance: null,
});

export const implemented = (candidate: string, name: string): RunEvent => ({
  type: 'candidate-implemented',
  candidate,
  plan: plan(name),
  version: VERSION,
});

export const trainedAs = (candidate: string, name: string): RunEvent => ({
  type: 'candidate-trained',
  candidate,
  plan: plan(name),
  trained,
  trials: [trial],
});

export const scored = (candidate: string, value: number): RunEvent => ({
  type: 'candidate-scored',
  candidate,
  score: score(value),
  diagnosis: null,
});

export const best = (candidate: string, value: number, submission = true): RunEvent => ({
  type: 'best-changed',
  candidate,
  score: score(value),
  submission: submission ? BLOB : null,
});

export const jobClosed = (
  job: string,
  end: 'finished' | 'failed',
  isolation: 'contained' | 'none',
): RunEvent => ({
  type: 'job-closed',
  job,
  end,
  reason: end === 'finished' ? 'exit code 0' : 'exit code 1\nTraceback',
  seconds: 3,
  output: null,
  isolation,
});

export const ended = (outcome: 'finished' | 'failed' | 'cancelled'): RunEvent => ({
  type: 'run-ended',
  run: RUN,
  outcome,
  reason: 'the deliverable is verified',
  at: START + 2 * MINUTE,
});

export const delivery: RunEvent[] = [
  { type: 'winner-sealed', candidate: 'c1', reason: 'best on the score split' },
  { type: 'holdout-opened', candidate: 'c1', score: score(0.978) },
  { type: 'model-chosen', output: TREE, refitted: true, reason: 'refitted on 1500 rows' },
  { type: 'deliverable-packaged', deliverable: TREE, requirements: 'numpy==2.0.0' },
  { type: 'deliverable-verified', agree: true, notes: [] },
];

/** Records of one event each, chained as a manager chains them; sequences start at `first` and leave gaps. */
export function logOf(events: readonly RunEvent[], first = 5): LogEntry[] {
  return events.map((event, index) => ({
    sequence: first + 3 * index,
    body: recordOf([event], index === 0 ? 0 : first + 3 * (index - 1)),
  }));
}

export function recordOf(events: readonly RunEvent[], previous: number): RunRecord {
  return {
    previous,
    cause: { messageId: 'm', type: 'tick' },
    at: START,
    reason: 'because',
    events: events.map((event) => runEvent.parse(event)),
    effects: [],
  };
}
