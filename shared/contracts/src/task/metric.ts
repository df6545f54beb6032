/** The metrics a task can be judged by. The harness computes them; here stand their names and directions. */
import { z } from 'zod';

export const metricName = z.enum([
  'accuracy',
  'balanced_accuracy',
  'log_loss',
  'roc_auc',
  'f1_macro',
  'f1_micro',
  'quadratic_kappa',
  'mcc',
  'rmse',
  'mae',
  'rmsle',
  'r2',
  'mape',
  'dice',
  'iou',
]);
export type MetricName = z.infer<typeof metricName>;

/** Columns of the data are named, numbers given; the harness knows which of them a metric takes. */
export const metricOptions = z.record(
  z.string(),
  z.union([z.number(), z.string(), z.boolean(), z.array(z.union([z.number(), z.string()]))]),
);
export type MetricOptions = z.infer<typeof metricOptions>;

export const direction = z.enum(['maximize', 'minimize']);
export type Direction = z.infer<typeof direction>;

const MINIMIZED: ReadonlySet<MetricName> = new Set(['log_loss', 'rmse', 'mae', 'rmsle', 'mape']);

export function directionOf(metric: MetricName): Direction {
  return MINIMIZED.has(metric) ? 'minimize' : 'maximize';
}

/** Whether score `a` is strictly better than score `b`. */
export function isBetter(a: number, b: number, toward: Direction): boolean {
  return toward === 'maximize' ? a > b : a < b;
}
