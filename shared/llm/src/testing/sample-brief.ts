/** A small complete brief, to build others from. */
import type { DatasetTask, Plan } from '@modelwright/contracts';
import type { CoderBrief } from '../brief.ts';

export const sampleTask: DatasetTask = {
  version: 1,
  name: 'flowers',
  description: 'Tell the kind of flower from four lengths.',
  id: 'id',
  target: 'kind',
  fold: 'fold',
  kind: 'classification',
  classes: ['blue', 'white'],
  metric: 'accuracy',
  direction: 'maximize',
  features: [
    { name: 'petal', kind: 'numeric' },
    { name: 'soil', kind: 'categorical' },
  ],
  image: null,
  folds: 5,
  seed: 1,
  rows: 120,
};

export const samplePlan: Plan = {
  name: 'linear',
  recipe: 'linear',
  summary: 'A regularised linear model.',
  reason: 'Few rows and few columns.',
  architecture: 'logistic regression',
  pipeline: 'impute, scale, one-hot',
  loss: 'cross entropy',
  regularisation: 'L2',
  validation: 'five folds',
  resources: 'one core, seconds',
  inferenceCost: 'microseconds a row',
  differs: 'the only linear one',
  config: { C: 1 },
};

export const sampleBrief: CoderBrief = {
  task: sampleTask,
  card: { rows: 120 },
  hardware: { cpus: 1 },
  role: 'coder',
  action: 'implement',
  seed: 7,
  candidate: 'c1',
  plan: samplePlan,
  feedback: null,
  insights: [],
};
