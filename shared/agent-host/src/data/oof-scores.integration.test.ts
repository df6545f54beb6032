/** Out-of-fold scores by the real harness. */

import type { TreeRef } from '@modelwright/contracts';
import { type Harness, sandboxedLaunch } from '@modelwright/harness';
import { sampleTask } from '@modelwright/llm/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPython } from '../../../../bootstrap/toolchain.mjs';
import { TestFarm } from '../testing/index.ts';
import { openDatasetCache } from './dataset-cache.ts';
import { type JudgedData, type OofScores, oofScores } from './oof-scores.ts';

const python = process.env['MODELWRIGHT_PYTHON'] ?? findPython()?.python;

describe.skipIf(python === undefined)('an out-of-fold score', () => {
  let farm: TestFarm;
  let data: JudgedData;
  let calls = 0;
  let scores: OofScores;

  beforeAll(async () => {
    farm = await TestFarm.start();
    const { task, datasets } = await farm.preparedData();
    data = { task, train: datasets.train, grader: null };
    const launch = sandboxedLaunch({ host: { python: python ?? '' }, isolation: 'best' });
    const harness: Harness = {
      python: python ?? '',
      launch: (program, signal) => {
        calls += 1;
        return launch(program, signal);
      },
    };
    const cache = await openDatasetCache(farm.bus.store, farm.folder.path);
    scores = oofScores({ store: farm.bus.store, datasets: cache, harness, logger: farm.logger });
  });
  afterAll(() => farm[Symbol.asyncDispose]());

  /** Predictions that are right on all rows but the first `wrong`. */
  const output = (wrong: number): Promise<TreeRef> => {
    const rows = Array.from({ length: sampleTask.rows }, (_, n) => {
      const blue = (n % 2 === 0) !== n < wrong ? 0.9 : 0.1;
      return `r${n},1,${blue},${(1 - blue).toFixed(1)}`;
    });
    return farm.tree({ 'oof.csv': `id,mask,p_blue,p_white\n${rows.join('\n')}\n` });
  };

  it('is the share of rows predicted right, with a score for each fold', async () => {
    const report = await scores.of(data, await output(30));
    expect(report.score).toMatchObject({ value: 0.75, rows: 120 });
    expect(report.folds).toHaveLength(5);
    expect(report.problem).toBeNull();
    expect(report.diagnosis?.confusion?.worstClasses).toBeDefined();
  });

  it('is computed once for the same predictions', async () => {
    const same = await output(12);
    const before = calls;
    expect(await scores.of(data, same)).toEqual(await scores.of(data, same));
    expect(calls).toBe(before + 1);
  });

  it.each([
    ['there is no file', {}, 'no oof.csv'],
    ['a row is missing', { 'oof.csv': 'id,mask,p_blue,p_white\nr0,1,0.5,0.5\n' }, 'oof.csv'],
    ['it is no table', { 'oof.csv': '\0\0\xff not a table' }, 'oof.csv'],
  ])('is not given when %s, and the reason is', async (_what, files, said) => {
    const report = await scores.of(data, await farm.tree({ 'model/weights': 'w', ...files }));
    expect(report.score).toBeNull();
    expect(report.problem).toContain(said);
  });
});
