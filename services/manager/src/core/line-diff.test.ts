import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineDiff } from './line-diff.ts';

describe('a diff', () => {
  it('shows what differs with two lines around it, under the numbers of both', () => {
    const before = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].join('\n');
    const after = ['a', 'b', 'c', 'D', 'e', 'f', 'g', 'h'].join('\n');
    expect(lineDiff(before, after)).toEqual(['@@ -2 +2 @@', ' b', ' c', '-d', '+D', ' e', ' f', ' g', '+h']);
  });

  it('is empty where nothing differs', () => {
    expect(lineDiff('a\nb\n', 'a\nb\n')).toEqual([]);
  });

  const text = fc
    .array(fc.constantFrom('x', 'y', 'z', ''), { maxLength: 12 })
    .map((lines) => lines.map((line) => `${line}\n`).join(''));

  it('takes away what only the one has, and adds what only the other has', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const count = (of: string, line: string) =>
          of
            .split('\n')
            .slice(0, -1)
            .filter((one) => one === line).length;
        const shown = lineDiff(before, after);
        for (const line of ['x', 'y', 'z', '']) {
          const added = shown.filter((one) => one === `+${line}`).length;
          const taken = shown.filter((one) => one === `-${line}`).length;
          expect(added - taken).toBe(count(after, line) - count(before, line));
        }
      }),
    );
  });
});
