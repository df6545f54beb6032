import { describe, expect, it } from 'vitest';
import { left, right, tableLines } from './table.ts';

describe('a table', () => {
  it('sets words to the left and numbers to the right, under their titles', () => {
    const rows = [
      ['append', '5'],
      ['take', '1,200'],
    ];
    expect(tableLines([left('case'), right('per second')], rows)).toEqual([
      'case    per second',
      'append           5',
      'take         1,200',
    ]);
  });

  it('leaves a missing cell blank, without blanks at the end of a line', () => {
    expect(tableLines([left('a'), left('b')], [['one']])).toEqual(['a    b', 'one']);
  });
});
