import { describe, expect, it } from 'vitest';
import type { Message } from '../message.ts';
import { wireIds } from './wire-ids.ts';

const saying = (model: string, ...ids: string[]): Message => ({
  role: 'assistant',
  text: '',
  calls: ids.map((id) => ({ id, name: 'look', arguments: '{}' })),
  opaque: null,
  model,
});

describe('ids of calls on the wire', () => {
  it("are a model's own, and nine letters and digits for those of another", () => {
    const ids = wireIds([saying('gpt', 'call_a'), saying('local', 'call_b', 'call_c')], 'gpt');
    expect(Object.fromEntries(ids)).toEqual({ call_a: 'call_a', call_b: 'call00002', call_c: 'call00003' });
  });

  it('stay as they are when the conversation grows', () => {
    const before = [saying('local', 'x', 'y')];
    const after = [...before, saying('gpt', 'z')];
    expect([...wireIds(after, 'gpt')].slice(0, 2)).toEqual([...wireIds(before, 'gpt')]);
  });
});
