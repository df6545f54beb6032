import { describe, expect, it } from 'vitest';
import { parseOptions } from './options.ts';

describe('the command', () => {
  it('measures all when no part is named', () => {
    expect(parseOptions([]).parts).toEqual(['bus', 'models', 'runs', 'dispatch', 'runner']);
  });

  it('measures the part that is named, as often as it is told', () => {
    expect(parseOptions(['bus', '--rounds', '2', '--json'])).toMatchObject({
      parts: ['bus'],
      rounds: 2,
      json: true,
    });
  });

  it.each([['--rounds', 'many'], ['--runs', '0'], ['--bogus'], ['memory']])('refuses %s %s', (...words) => {
    expect(() => parseOptions(words)).toThrow(TypeError);
  });
});
