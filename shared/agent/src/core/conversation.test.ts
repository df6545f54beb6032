import type { TurnRecord } from '@modelwright/contracts';
import { describe, expect, it } from 'vitest';
import { conversation } from './conversation.ts';

const usage = {
  inputTokens: 0,
  cachedTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
  microUsd: 0,
  priced: true,
};
const call = { id: 'call-1', name: 'read', arguments: '{}' };
const records: TurnRecord[] = [
  { type: 'taken', worker: 'a', at: 1 },
  { type: 'intent', turn: 1, ceilingMicroUsd: 0, purpose: 'turn', status: '', at: 2 },
  { type: 'reply', turn: 1, text: 'Let me look.', calls: [call], usage, model: 'm', finish: 'stop', at: 3 },
  { type: 'parked', turn: 1, call: 0, stop: 1, condition: { jobs: ['j'], until: null }, at: 4 },
  { type: 'taken', worker: 'b', at: 5 },
  { type: 'result', turn: 1, call: 0, content: 'a file', failed: false, version: null, at: 6 },
  { type: 'intent', turn: 2, ceilingMicroUsd: 0, purpose: 'turn', status: '', at: 7 },
  { type: 'taken', worker: 'c', at: 8 },
  { type: 'intent', turn: 2, ceilingMicroUsd: 0, purpose: 'turn', status: '', at: 9 },
  { type: 'reply', turn: 2, text: 'Hm.', calls: [], usage, model: 'm', finish: 'stop', at: 10 },
];

describe('a conversation', () => {
  it('holds what was said and answered, and nothing of who worked when', () => {
    expect(conversation('Go.', records)).toEqual([
      { role: 'user', text: 'Go.' },
      { role: 'assistant', text: 'Let me look.', calls: [call], opaque: null, model: 'm' },
      { role: 'tool', callId: 'call-1', content: 'a file', failed: false },
      { role: 'assistant', text: 'Hm.', calls: [], opaque: null, model: 'm' },
      { role: 'user', text: expect.stringContaining('You called no tool') },
    ]);
  });

  it('only grows at its end', () => {
    const whole = conversation('Go.', records);
    for (let length = 0; length <= records.length; length++) {
      const part = conversation('Go.', records.slice(0, length));
      expect(whole.slice(0, part.length)).toEqual(part);
    }
  });

  it('tells what was counted at each reply, until something else stands before it', () => {
    const counted = records.map((record) =>
      record.type === 'reply' ? { ...record, usage: { ...usage, inputTokens: 100 * record.turn } } : record,
    );
    const condensed: TurnRecord = {
      type: 'condensed',
      maskedThrough: 1,
      summarisedThrough: 0,
      summary: '',
      reason: 'it was long',
      usage: null,
      model: '',
      at: 11,
    };
    const countsOf = (of: readonly TurnRecord[]) =>
      conversation('Go.', of).flatMap((message) => (message.role === 'assistant' ? [message.counted] : []));
    expect(countsOf(counted)).toEqual([100, 200]);
    expect(countsOf([...counted, condensed])).toEqual([undefined, undefined]);
    expect(countsOf([...counted.slice(0, 6), condensed, ...counted.slice(6)])).toEqual([undefined, 200]);
  });
});

describe('a conversation that is shown shorter', () => {
  const long: TurnRecord[] = records.map((record) =>
    record.type === 'result' ? { ...record, content: 'long '.repeat(200) } : record,
  );
  const view = { maskedThrough: 0, summarisedThrough: 0, summary: '' };

  it('has no half a character in it: servers refuse the whole conversation for that', () => {
    const astral = long.map((record) =>
      record.type === 'result' ? { ...record, content: `${'x'.repeat(159)}${'😀'.repeat(300)}` } : record,
    );
    const shown = JSON.stringify(conversation('Go.', astral, { ...view, maskedThrough: 1 }));
    expect(shown).toContain('left out');
    expect(shown).not.toMatch(/\\ud[89a-f]/);
  });

  it('has the beginning of an answer in its place', () => {
    const shown = conversation('Go.', long, { ...view, maskedThrough: 1 });
    expect(shown).toHaveLength(conversation('Go.', long).length);
    expect(shown[2]).toMatchObject({ role: 'tool', callId: 'call-1' });
    expect(JSON.stringify(shown[2])).toMatch(/"content":"long .*840 characters left out/);
  });

  it('keeps answers that are short', () => {
    expect(conversation('Go.', records, { ...view, maskedThrough: 1 })).toEqual(conversation('Go.', records));
  });

  it('has a summary in the place of whole turns, after the brief', () => {
    expect(conversation('Go.', long, { ...view, summarisedThrough: 1, summary: 'I looked.' })).toEqual([
      { role: 'user', text: 'Go.' },
      { role: 'user', text: expect.stringMatching(/turns 1 to 1 .*I looked\.$/s) },
      { role: 'assistant', text: 'Hm.', calls: [], opaque: null, model: 'm' },
      { role: 'user', text: expect.stringContaining('You called no tool') },
    ]);
  });
});
