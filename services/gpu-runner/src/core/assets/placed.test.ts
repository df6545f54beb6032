import { describe, expect, test } from 'vitest';
import { Placed } from './placed.ts';

const file = (to: string, sha256 = '1') => ({ kind: 'file', from: 'x', to, sha256 }) as const;

describe('a place in the folder of a job’s assets', () => {
  test('is taken once for the same content, whoever brings it', () => {
    const placed = new Placed();
    expect(placed.take('a', file('.hub/config.json')).kind).toBe('free');
    expect(placed.take('b', file('.hub/config.json')).kind).toBe('same');
    expect(placed.take('b', file('.hub/other.json')).kind).toBe('free');
  });

  test('is not for two files of other content', () => {
    const placed = new Placed();
    placed.take('a', file('.torch/w.pth', '1'));
    expect(placed.take('b', file('.torch/w.pth', '2'))).toEqual({
      kind: 'clash',
      reason: '"a" and "b" cannot lie side by side: they both have a file .torch/w.pth, and not the same',
    });
  });

  test.each([
    ['n/a', 'n/a/b'],
    ['n/a/b', 'n/a'],
    ['n/a', 'n/a/b/c'],
  ])('is no file and folder at once: %s and %s', (first, second) => {
    const placed = new Placed();
    placed.take('n', file(first));
    expect(placed.take('n', file(second))).toEqual({
      kind: 'clash',
      reason: 'the files of "n" cannot lie side by side: they need n/a as a file and as a folder',
    });
  });
});
