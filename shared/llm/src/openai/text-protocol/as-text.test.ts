import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../message.ts';
import type { ModelRequest } from '../../model.ts';
import { fromText } from '../../testing/provider-server/text-side.ts';
import { sampleRequest } from '../../testing/sample-wire.ts';
import { asText } from './as-text.ts';

const words = fc.oneof(
  fc.string(),
  fc
    .array(
      fc.constantFrom('=== result of call 1: x ===', '=== end of results ===', '\\', '\n', 'a', '```', '{"'),
    )
    .map((parts) => parts.join('')),
);
/** `__proto__` as an argument's name is passed over when a reply is read: no tool has one. */
const argumentName = fc.string().filter((name) => name !== '__proto__');
const call = fc.record({ name: fc.constantFrom('look', 'read'), args: fc.dictionary(argumentName, words) });

const turn = fc.record({
  text: words,
  calls: fc.array(call, { minLength: 1, maxLength: 3 }),
  results: fc.array(words),
});

/** A conversation as the loop would have it: every call has its result. */
const conversation = fc.array(turn, { maxLength: 4 }).map((turns) =>
  turns.flatMap(({ text, calls, results }, at): Message[] => {
    const made = calls.map(({ name, args }, place) => ({
      id: `text-${at}-${place}`,
      name,
      arguments: JSON.stringify(args),
    }));
    return [
      { role: 'assistant', text, calls: made, opaque: null, model: 'm' },
      ...made.map(
        ({ id }, place): Message => ({
          role: 'tool',
          callId: id,
          content: results[place] ?? '',
          failed: false,
        }),
      ),
    ];
  }),
);

const request = (messages: readonly Message[]): ModelRequest => ({
  ...sampleRequest,
  messages: [...sampleRequest.messages, ...messages],
});
const withoutIds = (messages: readonly Message[] = []) =>
  messages.map((message) => {
    if (message.role === 'tool') return { ...message, callId: '' };
    if (message.role === 'user') return message;
    return { ...message, calls: message.calls.map((one) => ({ ...one, id: '' })) };
  });

describe('a conversation in text', () => {
  it('says everything that was said, whatever texts, arguments and results hold', () => {
    fc.assert(
      fc.property(conversation, (messages) => {
        const asked = request(messages);
        const read = fromText({ ...asText(asked, null), tools: [] });
        expect(withoutIds(read?.messages)).toEqual(withoutIds(asked.messages));
        expect(read?.tools).toEqual(asked.tools);
        expect(read?.system).toBe(asked.system);
      }),
      { numRuns: 200 },
    );
  });

  it('tells of no tools where none is offered', () => {
    expect(asText({ ...sampleRequest, tools: [] }, 'json_schema')).toMatchObject({
      system: sampleRequest.system,
      format: null,
    });
  });

  it('demands a call of an offered tool, with arguments that fit it', () => {
    expect(asText(sampleRequest, 'json_schema').format?.schema).toMatchObject({
      properties: {
        calls: {
          minItems: 1,
          items: {
            properties: { tool: { enum: ['look'] }, arguments: sampleRequest.tools[0]?.parameters },
            required: ['tool', 'arguments'],
          },
        },
      },
    });
  });
});
