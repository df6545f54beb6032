/** The plan of a candidate that nobody planned: what its coder says of it, and where its code stands. */
import type { Plan } from '@modelwright/contracts';

export function floorPlan(summary: string, config: Plan['config']): Plan {
  const inCode = 'Not told by its coder; model.py says it.';
  return {
    name: 'floor',
    recipe: null,
    summary,
    reason: 'The fastest thing that works, so that there is a model and a submission from the start.',
    architecture: inCode,
    pipeline: inCode,
    loss: inCode,
    regularisation: inCode,
    validation: 'the folds of the dataset',
    resources: 'seconds on one core',
    inferenceCost: 'small',
    differs: 'It is simpler and quicker than all others.',
    config,
  };
}
