import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineAfter, metricReading, readingBatches, reported } from './metric-readings.ts';

const line = (step: number, value: unknown = 0.5) => JSON.stringify({ step, name: 'loss', value, time: 1.5 });
const bare = (value: string) => `{"step": 1, "name": "NaN \\" loss", "value": ${value}, "time": 1.5}`;

describe('a line of metrics', () => {
  test.each([
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['-Infinity', Number.NEGATIVE_INFINITY],
    ['"nan"', Number.NaN],
    ['"-inf"', Number.NEGATIVE_INFINITY],
    ['1e999', Number.POSITIVE_INFINITY],
    ['-1.5', -1.5],
  ])('with the value %s is a reading', (text, value) => {
    expect(metricReading(bare(text))).toEqual({ step: 1, name: 'NaN " loss', value, time: 1.5 });
  });

  test.each(['{}', '[]', 'NaN', '', 'garbage', line(1, 'high'), line(1, null), bare('nan'), bare('1,')])(
    '%s is none',
    (text) => expect(metricReading(text)).toBeNull(),
  );

  test('of any text is read without an error', () => {
    fc.assert(fc.property(fc.string(), (text) => void metricReading(text)));
  });
});

describe('lines of metrics', () => {
  const batches = (texts: string[], first: number) => readingBatches(texts.map(metricReading), first);

  test('that are no readings are passed over, and the numbers stay true', () => {
    const found = batches([line(1), 'garbage', line(2), line(3, 'high'), line(4)], 10);
    expect(found.map(({ first, readings }) => [first, readings.length])).toEqual([
      [10, 1],
      [12, 1],
      [14, 1],
    ]);
  });

  test('are told as points and flags, each line in one message', () => {
    const kinds = fc.constantFrom<unknown>(0.5, 'nan', '-inf', 'garbage');
    fc.assert(
      fc.property(fc.array(kinds, { maxLength: 2500 }), fc.nat(99), (values, first) => {
        const texts = values.map((value, step) => line(step, value));
        let next = first;
        const told: unknown[] = [];
        for (const batch of batches(texts, first)) {
          const message = { job: 'j', attempt: 1, ...reported(batch) };
          expect(message.first).toBeGreaterThanOrEqual(next);
          expect(message.points.length + (message.notFinite?.length ?? 0)).toBeLessThanOrEqual(1000);
          next = lineAfter(message);
          told.push(...message.points.map(() => 0.5), ...(message.notFinite ?? []).map(({ is }) => is));
        }
        const spoken = { nan: 'nan', '-inf': '-infinity', 0.5: 0.5 };
        const meant = values.flatMap(
          (value) => Object.entries(spoken).find(([key]) => key === `${value}`)?.[1] ?? [],
        );
        expect(told.map(String).sort()).toEqual(meant.map(String).sort());
      }),
      { numRuns: 30 },
    );
  });
});
