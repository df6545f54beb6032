import { describe, expect, it } from 'vitest';
import { curvesOf } from './job-curves.ts';

const losses = (values: readonly number[]) => values.map((value, step) => ({ name: 'loss', step, value }));

describe('curves', () => {
  it('keep their extremes however many points they have', () => {
    const values = Array.from({ length: 5000 }, (_, step) => (step === 1234 ? 99 : 1 / (step + 1)));
    const [curve] = curvesOf(losses(values));
    expect(curve).toMatchObject({
      name: 'loss',
      count: 5000,
      highest: { step: 1234, value: 99 },
      lowest: { step: 4999, value: 1 / 5000 },
      last: { step: 4999 },
    });
    expect(curve?.points).toHaveLength(12);
    expect(curve?.points[0]).toEqual([0, 1]);
    expect(curve?.points.at(-1)).toEqual([4999, 1 / 5000]);
  });

  it('are told apart by name', () => {
    expect(
      curvesOf([...losses([1]), { name: 'accuracy', step: 0, value: 0.5 }]).map(({ name }) => name),
    ).toEqual(['loss', 'accuracy']);
  });

  it('take a step as the last attempt reported it', () => {
    const again = [...losses([1, 2]), { name: 'loss', step: 1, value: 5 }];
    expect(curvesOf(again)[0]?.points).toEqual([
      [0, 1],
      [1, 5],
    ]);
  });
});
