import { expect, it } from 'vitest';
import { pointsIn } from './training-curves.ts';

it('reads the points of a training, and leaves out what is none', () => {
  const text =
    '{"step":1,"name":"loss","value":0.5,"time":3}\nnot json\n{"step":2,"name":"loss","value":"NaN"}\n\n';
  expect(pointsIn(text)).toEqual([{ step: 1, name: 'loss', value: 0.5 }]);
});
