import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message } from '../message.ts';
import type { ModelRequest } from '../model.ts';
import { sampleWireOptions } from '../testing/sample-wire.ts';
import { chatApi } from './chat/chat-api.ts';
import { Refusals } from './refusals.ts';
import { likelyInputTokens, mostInputTokens } from './request-size.ts';
import { responsesApi } from './responses/responses-api.ts';
import { asText } from './text-protocol/as-text.ts';

const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.constant('\n"\\'.repeat(50)));
const opaque = fc.constantFrom(null, { reasoning_content: 'Hm. '.repeat(40) });

const turn = fc
  .record({ said: text, args: text, content: text, opaque, id: fc.uuid() })
  .map(({ said, args, content, opaque: thoughts, id }): Message[] => [
    {
      role: 'assistant',
      text: said,
      calls: [{ id, name: 'look', arguments: args }],
      opaque: thoughts,
      model: 'gpt',
    },
    { role: 'tool', callId: id, content, failed: true },
  ]);

const request = fc
  .record({
    system: text,
    first: text,
    turns: fc.array(turn, { maxLength: 6 }),
    tools: fc.uniqueArray(fc.stringMatching(/^[a-z]{1,12}$/), { maxLength: 6 }),
    description: text,
    field: text,
  })
  .map(
    ({ system, first, turns, tools, description, field }): ModelRequest => ({
      system,
      messages: [{ role: 'user', text: first }, ...turns.flat()],
      tools: tools.map((name) => ({
        name,
        description,
        parameters: { type: 'object', properties: { [field]: { type: 'string', description } } },
      })),
      seed: 1,
      cacheKey: 'key',
    }),
  );

/** Of every text in a body, names of fields included, as a model would read it: escapes undone. */
function bytesRead(body: unknown): number {
  if (typeof body === 'string') return Buffer.byteLength(body);
  if (Array.isArray(body)) return body.reduce((sum: number, one) => sum + bytesRead(one), 0);
  if (typeof body !== 'object' || body === null) return String(body).length;
  return Object.entries(body).reduce((sum, [key, value]) => sum + bytesRead(key) + bytesRead(value), 0);
}

describe('the most tokens that a request can have', () => {
  it.each([
    ['chat', chatApi],
    ['responses', responsesApi],
  ])('are no fewer than the bytes that go out through %s, natively or in text', (_api, api) => {
    const options = sampleWireOptions('http://127.0.0.1:1/v1');
    fc.assert(
      fc.property(request, (asked) => {
        const native = api.body({ ...asked, format: null }, options, new Refusals());
        const inText = api.body(asText(asked, 'json_schema'), options, new Refusals());
        for (const body of [native, inText]) {
          expect(mostInputTokens(asked, 'gpt')).toBeGreaterThanOrEqual(bytesRead(body));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('are more than are likely', () => {
    fc.assert(
      fc.property(request, (asked) => {
        expect(mostInputTokens(asked, 'gpt')).toBeGreaterThan(likelyInputTokens(asked, 'gpt'));
      }),
    );
  });

  describe('once its model has counted what stands before its last reply', () => {
    const long = 'x'.repeat(100_000);
    const talk = (counted: number, model = 'gpt'): ModelRequest => ({
      system: long,
      messages: [
        { role: 'user', text: long },
        { role: 'assistant', text: 'Yes.', calls: [], opaque: null, model, counted },
        { role: 'user', text: 'y'.repeat(7000) },
      ],
      tools: [],
      seed: 1,
      cacheKey: 'key',
    });

    it('are that count, and the bytes of what came since', () => {
      const most = mostInputTokens(talk(50_000), 'gpt');
      expect(most).toBeGreaterThan(57_000);
      expect(most).toBeLessThan(63_000);
    });

    it('are guessed from bytes where another model counted', () => {
      expect(mostInputTokens(talk(50_000, 'other'), 'gpt')).toBeGreaterThan(200_000);
    });

    it('are no more than the bytes where nobody really counted', () => {
      const uncounted = mostInputTokens({ ...talk(0), messages: talk(0).messages.slice(0, 1) }, 'gpt');
      expect(uncounted).toBeGreaterThan(200_000);
      expect(mostInputTokens(talk(uncounted), 'gpt')).toBeLessThan(uncounted + 7500);
    });

    it('are more than the bytes where the model counts more than it was sent', () => {
      expect(mostInputTokens(talk(900_000), 'gpt')).toBeGreaterThan(907_000);
    });

    it('are likely as many as it counted, and more where more came', () => {
      const likely = likelyInputTokens(talk(90_000), 'gpt');
      expect(likely).toBeGreaterThan(92_000);
      expect(likely).toBeLessThan(94_000);
      expect(likelyInputTokens(talk(90_000, 'other'), 'gpt')).toBeLessThan(65_000);
    });
  });
});
