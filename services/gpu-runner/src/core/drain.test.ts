import { expect, test } from 'vitest';
import { drainOf } from './drain.ts';

test('a runner of which nothing is wanted takes jobs, as does one that shall again', () => {
  expect(drainOf(null)).toEqual({ kind: 'take' });
  expect(drainOf({ runner: 'a', desired: 'take', reason: 'mended' })).toEqual({ kind: 'take' });
});

test('a drain says why', () => {
  expect(drainOf({ runner: 'a', desired: 'finish', reason: 'new driver' })).toEqual({
    kind: 'finish',
    reason: 'the runner is drained: new driver',
  });
  expect(drainOf({ runner: 'a', desired: 'hand-over', reason: '' })).toEqual({
    kind: 'hand-over',
    reason: 'the runner is drained and hands over',
  });
});
