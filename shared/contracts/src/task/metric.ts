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
  'cohen_kappa',
  'brier',
  'error_rate',
  'top_k_accuracy',
  'hamming_loss',
  'probabilistic_f',
  'subgroup_auc',
  'position_error',
  'f1_weighted',
  'f1_samples',
  'fbeta',
  'precision',
  'recall',
  'specificity',
  'jaccard',
  'gini',
  'average_precision',
  'roc_auc_stretches',
  'map_at_k',
  'ndcg_at_k',
  'recall_at_k',
  'precision_at_k',
  'reciprocal_rank',
  'label_ranking_precision',
  'mse',
  'msle',
  'log_mae',
  'rmspe',
  'smape',
  'wape',
  'pinball',
  'huber',
  'poisson_deviance',
  'gamma_deviance',
  'tweedie_deviance',
  'explained_variance',
  'pearson',
  'concordance_correlation',
  'spearman',
  'kendall',
  'concordance_index',
  'median_absolute_error',
  'max_error',
  'laplace_log_likelihood',
  'crps_normal',
  'crps_steps',
  'kl_divergence',
  'mean_angular_error',
  'dice',
  'iou',
  'mask_fbeta',
  'mask_precision',
  'global_dice',
  'global_iou',
  'mean_average_precision',
  'box_fbeta',
  'centre_fbeta',
  'levenshtein',
  'word_error_rate',
  'character_error_rate',
  'exact_match',
  'word_jaccard',
  'word_f1',
  'word_set_f1',
  'order_tau',
  'bleu',
  'chrf',
  /** A program of the task's own, `grade.program`, which also says the direction. */
  'custom',
]);
export type MetricName = z.infer<typeof metricName>;

/** In task.yaml also the metric of one of the competitions of MLE-bench; the harness knows which metric and options that is. */
export const statedMetric = z.union([metricName, z.templateLiteral(['mle-bench/', z.string()])]);
export type StatedMetric = z.infer<typeof statedMetric>;

/** Columns of the data are named, numbers given; the harness knows which of them a metric takes. */
export const metricOptions = z.record(
  z.string(),
  z.union([z.number(), z.string(), z.boolean(), z.array(z.union([z.number(), z.string()]))]),
);
export type MetricOptions = z.infer<typeof metricOptions>;

export const direction = z.enum(['maximize', 'minimize']);
export type Direction = z.infer<typeof direction>;

const MINIMIZED: ReadonlySet<MetricName> = new Set([
  'log_loss',
  'rmse',
  'mae',
  'rmsle',
  'mape',
  'brier',
  'error_rate',
  'hamming_loss',
  'position_error',
  'mse',
  'msle',
  'log_mae',
  'rmspe',
  'smape',
  'wape',
  'pinball',
  'huber',
  'poisson_deviance',
  'gamma_deviance',
  'tweedie_deviance',
  'median_absolute_error',
  'max_error',
  'crps_normal',
  'crps_steps',
  'kl_divergence',
  'mean_angular_error',
  'levenshtein',
  'word_error_rate',
  'character_error_rate',
]);

/** Of a metric that is not `custom`, for which the task says it. */
export function directionOf(metric: MetricName): Direction {
  return MINIMIZED.has(metric) ? 'minimize' : 'maximize';
}

/** Whether score `a` is strictly better than score `b`. */
export function isBetter(a: number, b: number, toward: Direction): boolean {
  return toward === 'maximize' ? a > b : a < b;
}
