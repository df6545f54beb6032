/** What to change in a proposed task when the check of the data speaks against it. */
import type { MetricName } from '@modelwright/contracts';
import type { Proposed } from './proposed.ts';

/** As the harness tells it. */
export interface TaskProblem {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly file: string;
  readonly key?: string | undefined;
}

/** Null when rules know no way. */
export function amendTask(proposed: Proposed, problems: readonly TaskProblem[]): Proposed | null {
  let amended: Proposed = proposed;
  for (const problem of problems) {
    const next = amendedFor(amended, problem);
    if (next === null) return null;
    amended = next;
  }
  return amended === proposed ? null : amended;
}

/** The same when an earlier amendment has settled it. */
function amendedFor(proposed: Proposed, problem: TaskProblem): Proposed | null {
  const { data, metric } = proposed.task;
  const { code, file, message } = problem;
  if (code === 'duplicate-id' || code === 'missing-id') {
    return without(proposed, ['id', 'sample_submission'], `rows are numbered: ${message}`);
  }
  if (code.startsWith('sample-') || file === data.sample_submission) {
    return without(proposed, ['sample_submission'], `the sample submission is left aside: ${message}`);
  }
  if (code === 'pixel-count' || (code === 'not-a-number' && data.layout === 'pixels')) {
    const table = without(
      proposed,
      ['image'],
      `the columns are taken as they are, not as an image: ${message}`,
    );
    return { ...table, task: { ...table.task, data: { ...table.task.data, layout: 'table' } } };
  }
  if (file === data.test) {
    return without(proposed, ['test', 'sample_submission'], `nothing is predicted for ${file}: ${message}`);
  }
  const other = code === 'metric-does-not-fit' || code === 'not-a-number' ? OTHER[metric] : undefined;
  if (other === undefined) return null;
  return {
    ...proposed,
    task: { ...proposed.task, metric: other },
    doubts: [...proposed.doubts, `${other} is taken for the metric: ${message}`],
  };
}

/** What measures nearly the same and asks less of the answers. */
const OTHER: Readonly<Partial<Record<string, MetricName>>> = {
  rmsle: 'rmse',
  mape: 'mae',
  quadratic_kappa: 'accuracy',
  accuracy: 'rmse',
  balanced_accuracy: 'rmse',
  f1_macro: 'rmse',
  f1_micro: 'rmse',
  log_loss: 'rmse',
  roc_auc: 'rmse',
  mcc: 'rmse',
  rmse: 'accuracy',
  mae: 'accuracy',
  r2: 'accuracy',
};

type Optional = 'id' | 'image' | 'sample_submission' | 'test';

function without(proposed: Proposed, keys: readonly Optional[], doubt: string): Proposed {
  const { data } = proposed.task;
  if (keys.every((key) => data[key] === undefined)) return proposed;
  const gone = new Set<string>(keys);
  const { layout, train, target } = data;
  const rest = Object.fromEntries(Object.entries(data).filter(([key]) => !gone.has(key)));
  return {
    ...proposed,
    task: { ...proposed.task, data: { ...rest, layout, train, target } },
    doubts: [...proposed.doubts, doubt],
  };
}
