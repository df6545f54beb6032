import { describe, expect, it } from 'vitest';
import { excerpt } from './read-file.ts';

describe('an excerpt of a file', () => {
  it('numbers its lines', () => {
    expect(excerpt('a\nb\n', 1, 10)).toBe('1\ta\n2\tb');
  });

  it('says what it leaves out', () => {
    expect(excerpt('a\nb\nc\nd\n', 2, 2)).toBe('2\tb\n3\tc\n(lines 2 to 3 of 4)');
  });

  it('ends before it is too long for a conversation', () => {
    const text = Array.from({ length: 600 }, () => 'x'.repeat(500)).join('\n');
    expect(excerpt(text, 1, 600).length).toBeLessThan(45_000);
    expect(excerpt('y'.repeat(1_000_000), 1, 1).length).toBeLessThan(3000);
  });

  it.each([
    ['', 1, '(the file is empty)'],
    ['a\n', 5, '(the file has 1 lines)'],
  ])('of %j from line %d is %j', (text, from, said) => {
    expect(excerpt(text, from, 10)).toBe(said);
  });
});
