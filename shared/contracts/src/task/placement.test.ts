import { expect, test } from 'vitest';
import { trainingPlacement } from './placement.ts';

const eight = { accelerators: [{ model: 'H100', memoryBytes: 80 * 2 ** 30, count: 8 }] };

test('a version that wants accelerators trains on them where there are any', () => {
  expect(trainingPlacement({ accelerators: 2 }, eight)).toMatchObject({
    class: 'gpu',
    accelerators: { count: 2, memoryBytes: null, shared: false },
  });
});

test('nobody waits for more than one host has', () => {
  expect(trainingPlacement({ accelerators: 16 }, eight).accelerators?.count).toBe(8);
});

test('without a wish, or without accelerators, it trains on processors', () => {
  const processors = { class: 'cpu', accelerators: null, memoryBytes: null };
  expect(trainingPlacement({}, eight)).toEqual(processors);
  expect(trainingPlacement({ accelerators: 2 }, undefined)).toEqual(processors);
  expect(trainingPlacement({ accelerators: 2 }, { accelerators: [] })).toEqual(processors);
});
