import { type RunEvent, runEvent } from '@modelwright/contracts';
import { describe, expect, it } from 'vitest';
import { eventText } from './event.ts';

const TREE = { kind: 'tree', store: 'datasets', sha256: 'a'.repeat(64), size: 9 };
const TASK = {
  version: 1,
  name: 'weeds',
  description: 'd',
  data: { layout: 'table', train: 'train.csv', target: 'weed' },
  metric: 'log_loss',
};

function prepared(task: object | null, warnings: readonly string[] = []): RunEvent {
  return runEvent.parse({
    type: 'data-prepared',
    task,
    data: {
      datasets: { train: TREE, all: TREE, score: TREE, holdout: null, test: null },
      truth: TREE,
      task: {
        ...{ version: 1, name: 'weeds', description: 'd', id: 'id', target: 'weed', fold: 'fold' },
        ...{ kind: 'classification', classes: ['a', 'b'], metric: 'log_loss', direction: 'minimize' },
        ...{ features: [], image: null, folds: 5, seed: 1, rows: 70 },
      },
      rows: { train: 70, score: 20, holdout: 10, test: 0, unlabelled: 0 },
      card: TREE,
      form: null,
      split: { by: 'stratified', reason: 'nothing speaks against it', seed: 1 },
      warnings,
    },
  });
}

describe('prepared data', () => {
  it('is told by its rows and its split', () => {
    expect(eventText(prepared(null, ['`x` never changes']))).toBe(
      'data prepared: 70 rows to train, 20 to score, 10 held out; split stratified: nothing speaks against it',
    );
  });

  it('of a folder without a task.yaml is told with the task that setup stated, and what it had to guess', () => {
    const warnings = ['Setup: the metric is a guess', '`x` never changes', 'Setup: test2.csv is not used'];
    expect(eventText(prepared(TASK, warnings))).toMatch(
      /^setup's task: predict weed of train.csv, judged by log_loss\. IN DOUBT: the metric is a guess; test2.csv is not used\. data prepared: 70/,
    );
    expect(eventText(prepared(TASK))).toMatch(/judged by log_loss\. data prepared/);
  });
});
