/** Briefs about small tasks, to build others from. */
import type { DatasetTask, Plan, Score } from '@modelwright/contracts';
import type { AggregatorBrief, CoderBrief, DesignerBrief, TunerBrief } from '@modelwright/llm';

const NAMES = ['length', 'width', 'weight', 'age', 'dose', 'delay'] as const;

/** 120 rows of six numbers, one of them with gaps. */
export const tableTask: DatasetTask = {
  version: 1,
  name: 'weeds',
  description: 'Tell weeds from measurements.',
  id: 'id',
  target: 'weed',
  fold: 'fold',
  kind: 'classification',
  classes: ['no', 'yes'],
  metric: 'log_loss',
  direction: 'minimize',
  features: NAMES.map((name) => ({ name, kind: 'numeric' })),
  image: null,
  folds: 5,
  seed: 1,
  rows: 120,
};

export const valueTask: DatasetTask = {
  ...tableTask,
  kind: 'regression',
  classes: null,
  metric: 'rmse',
  target: 'height',
};

export const pictureTask: DatasetTask = {
  ...tableTask,
  metric: 'accuracy',
  direction: 'maximize',
  features: Array.from({ length: 30 }, (_, place) => ({ name: `pixel ${place}`, kind: 'numeric' })),
  image: { height: 6, width: 5, channels: 1 },
};

export const card = {
  columns: NAMES.map((name, place) => ({ name, missing: place === 1 ? 0.2 : 0 })),
  target: { min: 0.5 },
  split: { by: 'stratified' },
};

export const plan: Plan = {
  name: 'Regularised linear model',
  recipe: 'linear',
  summary: 'Logistic regression.',
  reason: 'Few rows.',
  architecture: 'linear',
  pipeline: 'scaled',
  loss: 'log loss',
  regularisation: 'L2',
  validation: 'five folds',
  resources: 'seconds',
  inferenceCost: 'small',
  differs: 'additive',
  config: {},
};

const shared = { task: tableTask, card, hardware: { cpus: 1 }, seed: 7, candidate: 'c1', insights: [] };

export function designerBrief(changes: Partial<DesignerBrief> = {}): DesignerBrief {
  return {
    ...shared,
    role: 'designer',
    action: 'portfolio',
    count: 3,
    parent: null,
    partner: null,
    guidance: null,
    board: [],
    ...changes,
  };
}

export function coderBrief(changes: Partial<CoderBrief> = {}): CoderBrief {
  return { ...shared, role: 'coder', action: 'implement', plan, feedback: null, ...changes };
}

export function tunerBrief(changes: Partial<TunerBrief> = {}): TunerBrief {
  const config = {
    recipe: 'kernel',
    c: 1,
    width: 0.5,
    scale: 'standard',
    exact_rows: 6000,
    shift: 0,
    target: 'auto',
  };
  return {
    ...shared,
    role: 'tuner',
    action: 'tune',
    plan: { ...plan, recipe: 'kernel' },
    trials: 3,
    secondsPerTrial: 60,
    config,
    guidance: null,
    ...changes,
  };
}

export function aggregatorBrief(changes: Partial<AggregatorBrief> = {}): AggregatorBrief {
  const scored = (value: number): Score => ({
    value,
    standardError: 0.02,
    interval: [value - 0.04, value + 0.04],
    rows: 100,
  });
  const members = [
    { candidate: 'c1', plan, score: scored(0.31), oof: scored(0.3) },
    { candidate: 'c2', plan, score: scored(0.36), oof: scored(0.35) },
  ];
  return { ...shared, role: 'aggregator', action: 'blend', candidate: 'blend', members, ...changes };
}
