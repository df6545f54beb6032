import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelRequest } from './model.ts';
import { estimatedInputTokens, mostInputTokens } from './request-size.ts';

const request = (text: string): ModelRequest => ({
  system: 'You help.',
  messages: [{ role: 'user', text }],
  tools: [{ name: 'look', description: 'Looks.', parameters: { type: 'object' } }],
  seed: 1,
  cacheKey: 'k',
});

describe('the size of a request', () => {
  it('has at least a token for every byte of its text, in any script', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const bytes = new TextEncoder().encode(text).length;
        expect(mostInputTokens(request(text), null)).toBeGreaterThan(bytes);
      }),
    );
  });

  it('counts what tools were called with and what they answered', () => {
    const plain = request('Go.');
    const longer: ModelRequest = {
      ...plain,
      messages: [
        ...plain.messages,
        {
          role: 'assistant',
          text: '',
          calls: [{ id: '1', name: 'look', arguments: `{"at":"${'x'.repeat(1000)}"}` }],
          opaque: { kept: 'y'.repeat(500) },
          model: 'm',
        },
        { role: 'tool', callId: '1', content: 'z'.repeat(2000), failed: false },
      ],
    };
    expect(mostInputTokens(longer, null) - mostInputTokens(plain, null)).toBeGreaterThan(3500);
    expect(estimatedInputTokens(longer) - estimatedInputTokens(plain)).toBeGreaterThan(900);
  });

  it('is never more than the context, for nobody answers what is longer', () => {
    expect(mostInputTokens(request('x'.repeat(10_000)), 4096)).toBe(4096);
  });
});
