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
