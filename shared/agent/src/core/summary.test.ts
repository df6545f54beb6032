import type { TurnRecord } from '@modelwright/contracts';
import { describe, expect, it } from 'vitest';
import { digest, summaryFrom } from './summary.ts';

const usage = {
  inputTokens: 0,
  cachedTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
  microUsd: 0,
  priced: true,
};

const turn = (number: number, content: string, failed = false): TurnRecord[] => [
  {
    type: 'reply',
    turn: number,
    text: 'I look.',
    calls: [{ id: `call-${number}`, name: 'read', arguments: `{"path": "${number}.py"}` }],
    usage,
    model: 'm',
    finish: 'stop',
    at: number,
  },
  { type: 'result', turn: number, call: 0, content, failed, version: null, at: number },
];

describe('a summary by rule', () => {
  it('has a line for each call, as far as it is to reach', () => {
    const transcript = [...turn(1, 'import\n  mw'), ...turn(2, 'no such file', true), ...turn(3, 'later')];
    expect(digest(transcript, 2).split('\n')).toEqual([
      'Turn 1: read({"path": "1.py"}) answered: import mw',
      'Turn 2: read({"path": "2.py"}) failed: no such file',
    ]);
  });

  it('goes on from what was told before', () => {
    const before: TurnRecord = {
      type: 'condensed',
      maskedThrough: 1,
      summarisedThrough: 1,
      summary: 'It began.',
      reason: '',
      usage: null,
      model: '',
      at: 0,
    };
    expect(digest([...turn(1, 'a'), before, ...turn(2, 'b')], 2)).toBe(
      'It began.\nTurn 2: read({"path": "2.py"}) answered: b',
    );
  });

  it('has no half a character in it', () => {
    const text = digest(turn(1, `${'x'.repeat(199)}${'😀'.repeat(9)}`), 1);
    expect(text).toContain(' …');
    expect(text.isWellFormed()).toBe(true);
  });

  it('stays short, however much happened', () => {
    const transcript = Array.from({ length: 500 }, (_, n) => turn(n + 1, 'x'.repeat(100_000))).flat();
    const text = digest(transcript, 500);
    expect(text.length).toBeLessThan(20_000);
    expect(text).toMatch(/^\(440 earlier calls\)/);
    expect(text).toContain('Turn 500:');
  });
});

describe("a model's own summary", () => {
  it('is none when it is empty, and is cut when it is endless', () => {
    expect(summaryFrom(' \n')).toBeNull();
    expect(summaryFrom('x'.repeat(1e6))?.length).toBeLessThan(20_000);
  });
});
