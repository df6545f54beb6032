import type { JobPriority } from '@modelwright/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  hasMemory,
  type Occupant,
  type SlotKind,
  slotFor,
  slotOfAdopted,
  type Wish,
  wanted,
} from './slots.ts';

const busy = (...slots: SlotKind[]): Occupant[] =>
  slots.map((slot, n) => ({ job: `j${n}`, slot, memoryBytes: 1 }));
const onProcessors = (priority: JobPriority): Wish => ({ priority, accelerators: null });
const accelerated: Wish = {
  priority: 'normal',
  accelerators: { count: 2, memoryBytes: null, shared: false },
};

test('one slot is kept for short jobs', () => {
  expect(wanted([], 1)).toEqual(['high', 'normal', 'low']);
  expect(wanted(busy('ordinary'), 1)).toEqual(['high']);
  expect(wanted(busy('ordinary', 'reserved'), 1)).toEqual([]);
});

test('a short job leaves the ordinary slots to trainings while it can', () => {
  expect(slotFor(onProcessors('high'), [], 2)).toBe('reserved');
  expect(slotFor(onProcessors('high'), busy('reserved'), 2)).toBe('ordinary');
});

test('a job with accelerators takes no slot, and none is taken from it', () => {
  expect(slotFor(accelerated, busy('ordinary', 'reserved'), 1)).toBe('accelerated');
  expect(wanted(busy('accelerated', 'accelerated'), 1)).toEqual(['high', 'normal', 'low']);
});

test('a job that runs already has a slot even where slots have become fewer', () => {
  expect(slotOfAdopted(onProcessors('normal'), busy('ordinary', 'ordinary'), 1)).toBe('ordinary');
});

test('memory that is promised is not given again, but a job alone gets all that it asks for', () => {
  expect(hasMemory(5, busy('ordinary', 'accelerated'), 7)).toBe(true);
  expect(hasMemory(6, busy('ordinary', 'accelerated'), 7)).toBe(false);
  expect(hasMemory(100, [], 7)).toBe(true);
});

test('trainings never fill the reserved slot, whatever arrives', () => {
  const arrivals = fc.array(fc.constantFrom<JobPriority>('high', 'normal', 'low'));
  fc.assert(
    fc.property(arrivals, fc.nat({ max: 4 }), (priorities, ordinary) => {
      const occupants: Occupant[] = [];
      for (const [n, priority] of priorities.entries()) {
        const slot = slotFor(onProcessors(priority), occupants, ordinary);
        if (slot !== null) occupants.push({ job: `${priority}${n}`, slot, memoryBytes: 1 });
      }
      const reserved = occupants.filter((occupant) => occupant.slot === 'reserved');
      expect(reserved.length).toBeLessThanOrEqual(1);
      expect(reserved.every((occupant) => occupant.job.startsWith('high'))).toBe(true);
      expect(occupants.length - reserved.length).toBeLessThanOrEqual(ordinary);
    }),
  );
});
