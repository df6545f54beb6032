import { describe, expect, it } from 'vitest';
import { familyOf, parseStat } from './process-stat.ts';

const stat = (pid: number, parent: number, name = 'node') =>
  `${pid} (${name}) S ${parent} ${pid} ${pid} 0 -1 4194560 1 2 3 4 120 30 40 5 20 0 11 0 999 0\n`;

describe('a line of /proc', () => {
  it('tells parent and processor time, own and of ended children', () => {
    expect(parseStat(stat(7, 3))).toEqual({ pid: 7, parent: 3, ticks: { own: 150, children: 45 } });
  });

  it('is not misread when the name holds brackets and blanks', () => {
    expect(parseStat(stat(7, 3, 'a) R 9 (b'))).toMatchObject({ pid: 7, parent: 3 });
  });
});

describe('a family', () => {
  it('holds children and their children, and nobody else', () => {
    const all = [stat(1, 0), stat(2, 1), stat(3, 2), stat(4, 1), stat(5, 0)].map(parseStat);
    expect(familyOf(1, all).sort()).toEqual([2, 3, 4]);
    expect(familyOf(5, all)).toEqual([]);
  });
});
