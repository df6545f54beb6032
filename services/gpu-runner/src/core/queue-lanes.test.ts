import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  afterEmpty,
  afterStart,
  inTurn,
  keyOf,
  type Lane,
  lanesOf,
  level,
  MOST_OVERTAKING,
  needOf,
  type Overtaken,
} from './queue-lanes.ts';

const lanes = lanesOf(['cpu', 'gpu', 'gpu-h100'], 8);
const FRESH: Overtaken = new Map();

test('more urgent lanes are asked first', () => {
  expect(inTurn(lanes, FRESH).map((lane) => lane.priority)).toEqual([
    ...['high', 'high', 'high', 'normal', 'normal', 'normal', 'low', 'low', 'low'],
  ]);
});

test('on a host without accelerators every class is a matter of processors', () => {
  expect(needOf('gpu', 0)).toBe('processors');
  expect(needOf('gpu-h100', 8)).toBe('accelerators');
  expect(needOf('gpunk', 8)).toBe('processors');
});

test('lanes of one priority that need the same compete with each other', () => {
  const [, , , , normal] = lanes;
  if (normal === undefined) throw new Error('no lane');
  expect(level(lanes, normal).map(keyOf)).toEqual(['gpu.normal', 'gpu-h100.normal']);
});

test('a lane that was found empty was not overtaken', () => {
  const [high, normal] = lanesOf(['cpu'], 0);
  if (high === undefined || normal === undefined) throw new Error('no lanes');
  let overtaken = FRESH;
  for (let n = 0; n < MOST_OVERTAKING; n++) overtaken = afterStart(lanes, overtaken, high);
  expect(inTurn([high, normal], overtaken)[0]).toBe(normal);
  expect(inTurn([high, normal], afterEmpty(overtaken, normal))[0]).toBe(high);
});

test('every lane is served within a bounded number of starts, however full the others are', () => {
  const some = fc.uniqueArray(fc.constantFrom(...lanes), { minLength: 1, selector: keyOf });
  fc.assert(
    fc.property(some, (full) => {
      let overtaken = FRESH;
      const served: Lane[] = [];
      for (let n = 0; n < 400; n++) {
        const [next] = inTurn(full, overtaken);
        if (next === undefined) throw new Error('nothing to serve');
        served.push(next);
        overtaken = afterStart(lanes, overtaken, next);
      }
      const longest = MOST_OVERTAKING + full.length;
      for (const lane of full) {
        const places = served.flatMap((one, n) => (one === lane ? [n] : []));
        const gaps = places.map((place, n) => place - (places[n - 1] ?? -1));
        expect(Math.max(...gaps)).toBeLessThanOrEqual(longest);
      }
    }),
  );
});
