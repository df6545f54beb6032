import { describe, expect, it } from 'vitest';
import { fill } from './prompt.ts';

describe('a prompt', () => {
  it('is filled with its values, and known by its hash', () => {
    const prompt = fill('Be {{ kind }} to {{who}}; {{kind}}!', { kind: 'kind', who: 'all' });
    expect(prompt.text).toBe('Be kind to all; kind!');
    expect(prompt.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('without a value for a variable is an error', () => {
    expect(() => fill('To {{who}}', {})).toThrow('{{who}}');
  });

  it('that does not use a value is an error', () => {
    expect(() => fill('To all', { who: 'all' })).toThrow('who');
  });
});
