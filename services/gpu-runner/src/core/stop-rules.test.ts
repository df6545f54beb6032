import type { StopRule } from '@modelwright/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Reading } from './metric-readings.ts';
import { afterReadings, NO_PROGRESS } from './stop-rules.ts';

const DIVERGED: StopRule = { kind: 'not-finite', metric: null, times: 3 };
const TOO_HIGH: StopRule = {
  kind: 'beyond',
  metric: 'loss',
  side: 'above',
  value: 10,
  times: 2,
  afterSeconds: 60,
};

const read = (value: number, step = 0, name = 'loss', time = 1000): Reading => ({ name, step, value, time });
const met = (rules: readonly StopRule[], readings: readonly Reading[]) =>
  afterReadings(rules, NO_PROGRESS, readings, 0).met;

describe('a rule against what is not finite', () => {
  test('is met by so many in a row, and says which and where', () => {
    const readings = [read(Number.NaN, 1), read(Number.NaN, 2), read(Number.POSITIVE_INFINITY, 3)];
    expect(met([DIVERGED], readings)).toBe(
      'stop rule: loss was not finite in 3 readings in a row (infinity at step 3)',
    );
  });

  test('counts anew after a number, and each curve by itself', () => {
    const nan = (name: string) => read(Number.NaN, 0, name);
    expect(met([DIVERGED], [nan('a'), nan('a'), read(1, 0, 'a'), nan('a'), nan('a')])).toBeNull();
    expect(met([DIVERGED], [nan('a'), nan('b'), nan('a'), nan('b')])).toBeNull();
  });

  test('concerns the curves that its metric names', () => {
    const rule = (metric: string): StopRule => ({ kind: 'not-finite', metric, times: 1 });
    const nan = [read(Number.NaN, 0, 'valid_logloss_2')];
    expect(met([rule('valid_logloss_2')], nan)).not.toBeNull();
    expect(met([rule('*loss*')], nan)).not.toBeNull();
    expect(met([rule('valid*2')], nan)).not.toBeNull();
    expect(met([rule('*loss')], nan)).toBeNull();
    expect(met([rule('valid_logloss')], nan)).toBeNull();
  });
});

describe('a rule against values beyond a bound', () => {
  test('is met once the training has run for a while', () => {
    const at = (seconds: number, value: number) => read(value, seconds, 'loss', seconds);
    expect(met([TOO_HIGH], [at(10, 99), at(20, 99), at(61, 99), at(62, 9)])).toBeNull();
    expect(met([TOO_HIGH], [at(61, 99), at(62, 98)])).toBe(
      'stop rule: loss was above 10 in 2 readings in a row (98 at step 62)',
    );
  });

  test('is not met by NaN', () => {
    expect(met([{ ...TOO_HIGH, afterSeconds: 0 }], [read(Number.NaN), read(Number.NaN)])).toBeNull();
  });
});

test('a curve with a misleading name is quoted', () => {
  const rule: StopRule = { kind: 'not-finite', metric: null, times: 1 };
  expect(met([rule], [read(Number.NaN, 0, 'x\n\u001b[31mred')])).toContain('"x\\n\\u001b[31mred"');
});

test('endless names do not make the progress endless', () => {
  const readings = Array.from({ length: 5000 }, (_, n) => read(Number.NaN, 0, `name ${n}`));
  expect(Object.keys(afterReadings([DIVERGED], NO_PROGRESS, readings, 0).streaks)).toHaveLength(200);
});

test('however the readings are cut into turns, the same rule is met by the same reading', () => {
  const value = fc.constantFrom(1, 20, Number.NaN);
  const reading = fc.record({
    name: fc.constantFrom('loss', 'a'),
    value,
    step: fc.nat(99),
    time: fc.nat(99),
  });
  const rules: StopRule[] = [DIVERGED, TOO_HIGH];
  fc.assert(
    fc.property(fc.array(reading), fc.array(fc.nat(20)), (readings, cuts) => {
      let progress = NO_PROGRESS;
      let place = 0;
      for (const cut of [...cuts, readings.length]) {
        progress = afterReadings(rules, progress, readings.slice(place, place + cut), 0);
        place += cut;
      }
      const whole = afterReadings(rules, NO_PROGRESS, readings, 0);
      expect(progress.met).toBe(whole.met);
    }),
  );
});
