/** A run for tests of reports: a floor, a revision, one that broke, a delivery. Texts may be replaced by hostile ones. */
import { type JobOutcome, jobOutcomeBody, runEvent, type Score } from '@modelwright/contracts';
import type { LogEntry } from '../run/accepted.ts';
import type { ReportInput } from '../run/input.ts';

export const RUN = 'wine-k3f9x2-07';
export const START = Date.UTC(2026, 0, 1, 12, 0, 0);
const MINUTE = 60_000;

const sha = (letter: string) => letter.repeat(64);
const tree = (letter: string, store = 'datasets') => ({
  kind: 'tree',
  store,
  sha256: sha(letter),
  size: 1500,
});
const version = {
  commit: 'b'.repeat(40),
  bundle: { kind: 'blob', store: 'workspaces', sha256: sha('b'), size: 1200 },
};

export const score = (value: number): Score => ({
  value,
  standardError: 0.01,
  interval: [value - 0.02, value + 0.02],
  rows: 300,
});

export interface SampleTexts {
  /** Of plans, reasons, findings, names: all that a candidate or a task can put into a report. */
  readonly text: string;
}

export function sampleInput({ text }: SampleTexts = { text: 'gradient boosting' }): ReportInput {
  return {
    run: RUN,
    modelwright: '0.1.0',
    log: logOf(sampleEvents(text)),
    outcomes: [sampleOutcome(text)],
    curves: [
      {
        candidate: 'c1',
        points: Array.from({ length: 50 }, (_, step) => ({ step, name: text, value: 1 / (step + 1) })),
      },
    ],
    used: {
      agents: [
        {
          assignment: `${RUN}_c1_coder`,
          role: 'coder',
          candidate: 'c1',
          models: [text],
          turns: 4,
          prompt: null,
        },
      ],
      web: [{ assignment: `${RUN}_c1_coder`, tool: 'web_search', asked: text, failed: false }],
    },
  };
}

/** One record an event, half a minute apart, chained as a manager chains them. */
export function logOf(events: readonly unknown[]): LogEntry[] {
  return events.map((event, index) => ({
    sequence: index + 1,
    body: {
      previous: index,
      cause: { messageId: 'm', type: 'tick' },
      at: START + (index * MINUTE) / 2,
      reason: 'because',
      events: [runEvent.parse(event)],
      effects: [],
    },
  }));
}

export const plan = (text: string) => ({
  name: text.slice(0, 80),
  recipe: null,
  summary: text,
  reason: text,
  architecture: text,
  pipeline: text,
  loss: text,
  regularisation: text,
  validation: text,
  resources: text,
  inferenceCost: text,
  differs: text,
  config: { [text]: text },
});

const trained = (text: string, oof: number, claimed: number | null) => ({
  version,
  output: tree('c', 'artifacts'),
  job: 'j',
  config: { [text]: text },
  oof: score(oof),
  seconds: 12,
  claimed,
});

const diagnosis = (text: string) =>
  JSON.stringify({
    confusion: {
      pairs: [{ truth: text, predicted: 'b', rows: 3, shareOfClass: 0.1 }],
      worstClasses: [{ class: text, rows: 30, recall: 0.9, precision: 0.8 }],
    },
    calibration: { error: 0.02, overconfidence: 0.01, bins: [{ said: 0.5, was: 0.6, rows: 10 }] },
    slices: [{ feature: text, slice: text, rows: 40, loss: 0.9, overall: 0.3, standardErrors: 4 }],
    worstUnits: [{ id: text, loss: 3 }],
  });

/** How a candidate comes to a score. */
function candidate(id: string, text: string, value: number): unknown[] {
  const at = START + 3 * MINUTE;
  return [
    { type: 'candidate-planned', candidate: id, plan: plan(text), parent: id === 'c1' ? 'c0' : null },
    { type: 'candidate-implemented', candidate: id, plan: plan(text), version },
    { type: 'job-opened', job: `${id}-train`, purpose: 'train', candidate: id, at },
    jobClosed(`${id}-train`),
    {
      type: 'candidate-trained',
      candidate: id,
      plan: plan(text),
      trained: trained(text, value, value + 0.1),
      trials: [{ job: 'j', config: {}, outcome: 'finished', oof: score(value), seconds: 12 }],
    },
    { type: 'job-opened', job: `${id}-infer`, purpose: 'infer', candidate: id, at },
    jobClosed(`${id}-infer`),
    {
      type: 'candidate-scored',
      candidate: id,
      score: score(value),
      diagnosis: diagnosis(text),
      comparison: null,
      findings: [{ check: 'claimed-too-good', severity: 'suspicious', evidence: text, remedy: text }],
      trust: { label: 'suspicious', reasons: [text] },
    },
    { type: 'best-changed', candidate: id, score: score(value), submission: null },
  ];
}

function jobClosed(job: string) {
  return {
    type: 'job-closed',
    job,
    end: 'finished',
    reason: 'x',
    seconds: 3,
    output: null,
    isolation: 'contained',
  };
}

function sampleEvents(text: string): unknown[] {
  return [
    { type: 'run-started', submitted: submitted(text), at: START, deadline: START + 60 * MINUTE },
    { type: 'data-prepared', data: data(text), task: null },
    ...candidate('c0', text, 0.8),
    ...candidate('c1', text, 0.9),
    { type: 'candidate-planned', candidate: 'c2', plan: plan(text), parent: 'c1' },
    { type: 'candidate-broken', candidate: 'c2', feedback: text },
    { type: 'insights-noted', assignment: 'a', role: 'designer', candidate: 'c1', notes: [text] },
    { type: 'attention-needed', subject: text, reason: text },
    { type: 'winner-sealed', candidate: 'c1', reason: text },
    { type: 'holdout-opened', candidate: 'c1', score: score(0.88) },
    { type: 'model-chosen', output: tree('d', 'artifacts'), refitted: true, reason: text },
    {
      type: 'deliverable-packaged',
      deliverable: tree('e', 'artifacts'),
      requirements: `# ${text.replaceAll('\n', ' ')}\nnumpy==2.4.6\nscikit_learn==1.9.1\n--index-url https://example.org/\n`,
    },
    { type: 'deliverable-verified', agree: true, notes: [text] },
    { type: 'run-ended', run: RUN, outcome: 'finished', reason: text, at: START + 30 * MINUTE },
  ];
}

function submitted(text: string) {
  return {
    type: 'run-submitted',
    run: RUN,
    task: {
      version: 1,
      name: text.slice(0, 100),
      description: text,
      data: { layout: 'table', train: 'train.csv', target: 'quality' },
      metric: 'accuracy',
    },
    budget: {
      minutes: 60,
      candidates: 2,
      trials: 1,
      microUsd: 5_000_000,
      gpuHours: 0,
      tokens: null,
      onCap: 'finish',
    },
    seed: 7,
    source: tree('a', 'truth'),
    player: { kind: 'playbook', clumsy: false },
  };
}

function data(text: string) {
  const features = [{ name: text, kind: 'numeric' }];
  return {
    datasets: { train: tree('1'), all: tree('2'), score: tree('3'), holdout: tree('4'), test: null },
    truth: tree('5', 'truth'),
    task: {
      version: 1,
      name: text,
      description: text,
      id: 'id',
      target: text,
      fold: 'fold',
      kind: 'classification',
      classes: [text, 'b'],
      metric: 'accuracy',
      direction: 'maximize',
      features,
      image: null,
      folds: 5,
      seed: 7,
      rows: 1500,
    },
    rows: { train: 900, score: 300, holdout: 300, test: 0, unlabelled: 0 },
    card: tree('6'),
    form: null,
    split: { by: 'stratified', reason: text, seed: 7 },
    warnings: [text],
    findings: [{ check: 'duplicates-across-parts', severity: 'warning', evidence: `${text}!`, remedy: null }],
  };
}

function sampleOutcome(text: string): JobOutcome {
  return jobOutcomeBody.parse({
    job: 'c1-train',
    run: RUN,
    attempt: 1,
    end: 'finished',
    reason: text,
    exitCode: 0,
    signal: null,
    runner: text,
    startedAt: START,
    endedAt: START + MINUTE,
    wallSeconds: 60,
    cpuSeconds: 100,
    maxRssBytes: 2e8,
    isolation: { level: 'contained', notes: [] },
    output: null,
    stdoutTail: text,
    stderrTail: text,
    use: {
      accelerators: [{ uuid: 'u', model: text, vendor: 'v' }],
      samples: 60,
      utilisationPercent: 90,
      peakMemoryBytes: 1e9,
      meanWatts: 300,
      energyJoules: 18_000,
    },
    assets: [{ name: 'weights', source: text, sha256: sha('f'), bytes: 10, licence: text }],
    environment: sha('9'),
  });
}
