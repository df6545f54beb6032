/** A model behind a provider, and something to ask it. */
import type { ModelRequest } from '../model.ts';
import type { WireOptions } from '../openai/wire-options.ts';
import type { Price } from '../price.ts';

/** 1, 0.1 and 10 USD per million tokens: micro-USD are easy to count. */
export const samplePrice: Price = { input: 1, cachedInput: 0.1, output: 10, source: 'test', long: null };

export function sampleWireOptions(baseUrl: string, other: Partial<WireOptions> = {}): WireOptions {
  return {
    name: 'gpt',
    model: 'test-model',
    baseUrl,
    key: 'sk-test-secret',
    tools: 'native',
    structured: 'json_schema',
    contextTokens: 100_000,
    maxOutputTokens: 1000,
    temperature: null,
    reasoningEffort: null,
    price: samplePrice,
    timeoutMs: 30_000,
    idleMs: 10_000,
    now: Date.now,
    ...other,
  };
}

export const sampleRequest: ModelRequest = {
  system: 'You look at things.',
  messages: [{ role: 'user', text: 'What is in a?' }],
  tools: [
    {
      name: 'look',
      description: 'Looks at a thing.\nOnce.',
      parameters: { type: 'object', properties: { at: { type: 'string' } }, required: ['at'] },
    },
  ],
  seed: 1,
  cacheKey: 'run:coder',
};
