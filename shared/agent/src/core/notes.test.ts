import type { TurnRecord } from '@modelwright/contracts';
import { describe, expect, it } from 'vitest';
import { notesIn } from './notes.ts';

const usage = {
  inputTokens: 0,
  cachedTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
  microUsd: 0,
  priced: true,
};

function calling(turn: number, name: string, args: string, failed = false): TurnRecord[] {
  const calls = [{ id: `call-${turn}`, name, arguments: args }];
  return [
    { type: 'reply', turn, text: '', calls, usage, model: 'm', finish: 'stop', at: turn },
    { type: 'result', turn, call: 0, content: 'ok', failed, version: null, at: turn },
  ];
}

describe('notes', () => {
  it('that a later one replaces are left out, by their number', () => {
    const transcript = [
      ...calling(1, 'note', '{"text": "ids are sorted by time"}'),
      ...calling(2, 'note', '{"text": "a quarter of ages is missing"}'),
      ...calling(3, 'note', '{"text": "refused", "replaces": 2}', true),
      ...calling(4, 'note', '{"text": "ids are random", "replaces": 1}'),
    ];
    expect(notesIn(transcript)).toEqual(['a quarter of ages is missing', 'ids are random']);
  });

  it('are those that were taken, each once, in order', () => {
    const transcript = [
      ...calling(1, 'note', '{"text": " ids are sorted by time "}'),
      ...calling(2, 'read', '{"text": "no note"}'),
      ...calling(3, 'note', '{"text": "'.padEnd(3000, 'x'), true),
      ...calling(4, 'note', '{"text": "5 % of ages are missing"}'),
      ...calling(5, 'note', '{"text": "ids are sorted by time"}'),
    ];
    expect(notesIn(transcript)).toEqual(['ids are sorted by time', '5 % of ages are missing']);
  });
});
