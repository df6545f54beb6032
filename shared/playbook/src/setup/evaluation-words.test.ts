import { describe, expect, it } from 'vitest';
import { metricIn } from './evaluation-words.ts';

describe('how predictions are judged', () => {
  it.each([
    ['Submissions are scored using the quadratic weighted kappa.', 'quadratic_kappa'],
    ['Submissions are evaluated on the Root Mean Squared Logarithmic Error (RMSLE).', 'rmsle'],
    ['Evaluated on Root-Mean-Squared-Error (RMSE) between the logarithm of the prediction and …', 'rmsle'],
    ['Submissions are scored on the root mean squared error.', 'rmse'],
    ['The metric is the mean absolute error.', 'mae'],
    ['The metric is mean squared error.', 'rmse'],
    ['Submissions are evaluated using the multi-class logarithmic loss.', 'log_loss'],
    ['Evaluated on area under the ROC curve between probability and target.', 'roc_auc'],
    ['The evaluation metric is the normalized Gini coefficient, scored per row.', 'roc_auc'],
    ['The metric is Matthews correlation coefficient (MCC).', 'mcc'],
    ['Scored by macro F1.', 'f1_macro'],
    ['Your score is the percentage of passengers you correctly predict.', 'accuracy'],
    ['Submissions are evaluated with the coefficient of determination R2.', 'r2'],
    ['## Evaluation\n### Metric\nMean absolute percentage error.\n## Prizes\nBest accuracy wins.', 'mape'],
  ])('%j is %s', (text, metric) => {
    expect(metricIn(`# A task\nPredict well.\n\n${text}`)).toMatchObject({ metric, doubt: null });
  });

  it('what is said under the heading counts before what is said elsewhere', () => {
    const text =
      'A model of high accuracy is wanted.\n\nEvaluation\n\nWe use log loss.\n\n# Timeline\nThe AUC of last year…';
    expect(metricIn(text)).toMatchObject({ metric: 'log_loss', doubt: null });
  });

  it.each([
    ['Submissions are evaluated on mean F1 score.', 'f1_macro'],
    ['Submissions are scored by SMAPE.', 'mape'],
    ['Submissions are scored by Spearman correlation.', 'r2'],
    ['We got 90 percent accuracy last year.', 'accuracy'],
  ])('%j leads to %s with a doubt', (text, metric) => {
    expect(metricIn(text)).toMatchObject({ metric, doubt: expect.stringContaining(metric) });
  });

  it('a description without a metric names none', () => {
    expect(metricIn('# Weeds\nTell weeds from crops. Scores are shown on the board.')).toBeNull();
  });
});
