import { describe, expect, it } from 'vitest';
import { ChatReader } from './chat-reader.ts';

const delta = (said: object, finish: string | null = null) => ({
  choices: [{ index: 0, delta: said, finish_reason: finish }],
});
const calling = (...tool_calls: object[]) => delta({ tool_calls });
const END = delta({}, 'stop');

function answerOf(...events: unknown[]) {
  const reader = new ChatReader();
  for (const event of events) reader.take(event);
  return reader.answer();
}

describe('calls of tools, as servers stream them,', () => {
  const first = { name: 'look', arguments: '{"at":1}' };
  const second = { name: 'read', arguments: '{"at":2}' };

  it.each([
    [
      'interleaved, each with its index',
      [
        calling({ index: 0, id: 'a', function: { name: 'look', arguments: '' } }),
        calling({ index: 1, id: 'b', function: { name: 'read', arguments: '{"at"' } }),
        calling({ index: 0, function: { arguments: '{"at":1}' } }),
        calling({ index: 1, function: { arguments: ':2}' } }),
      ],
    ],
    [
      'all with index 0, each with an id',
      [
        calling({ index: 0, id: 'a', function: { name: 'look', arguments: '{"at":1}' } }),
        calling({ index: 0, id: 'b', function: { name: 'read', arguments: '{"at":2}' } }),
      ],
    ],
    ['without index or id', [calling({ function: first }), calling({ function: second })]],
    [
      'with the id in every piece',
      [
        calling({ index: 0, id: 'a', function: { name: 'look', arguments: '{"at"' } }),
        calling({ index: 0, id: 'a', function: { arguments: ':1}' } }),
        calling({ index: 1, id: 'b', function: { name: 'read', arguments: '{"at":2}' } }),
      ],
    ],
    [
      'with arguments that are objects',
      [
        calling(
          { index: 0, function: { name: 'look', arguments: { at: 1 } } },
          { index: 1, function: { name: 'read', arguments: { at: 2 } } },
        ),
      ],
    ],
  ])('are put together %s', (_form, events) => {
    const { calls } = answerOf(...events, END);
    expect(calls.map(({ name, arguments: args }) => ({ name, arguments: args }))).toEqual([first, second]);
  });

  it('have empty arguments where none came', () => {
    expect(answerOf(calling({ index: 0, id: 'a', function: { name: 'list' } }), END).calls).toEqual([
      { id: 'a', name: 'list', arguments: '{}' },
    ]);
  });
});

describe('a reply in chunks', () => {
  it('is read from parts as from a string, thoughts left aside', () => {
    const parts = [
      { type: 'thinking', thinking: [] },
      { type: 'text', text: 'So.' },
    ];
    expect(answerOf(delta({ content: parts }), END).text).toBe('So.');
  });

  it.each([
    ['<think>First a.\nThen b.</think>\n\nSo.', 'So.'],
    ['<think>First a. Then', ''],
    ['So <think> is a tag.', 'So <think> is a tag.'],
  ])('that begins with thoughts in its text, "%s", says "%s"', (content, text) => {
    expect(answerOf(delta({ content }), END).text).toBe(text);
  });

  it('keeps what the provider wants back', () => {
    const detail = { type: 'reasoning.text', index: 0, text: 'I ' };
    const answer = answerOf(
      delta({ reasoning_details: [detail] }),
      delta({ reasoning_details: [{ ...detail, text: 'think', signature: 's' }] }),
      calling({ index: 0, id: 'a', function: { name: 'look' }, extra_content: { google: 'sig' } }),
      END,
    );
    expect(answer.opaque).toEqual({
      reasoning_details: [{ ...detail, text: 'I think', signature: 's' }],
      extra_content: [{ google: 'sig' }],
    });
  });

  it.each([
    ['inside the completion', { completion_tokens: 50, total_tokens: 150 }, 50],
    ['beside it', { completion_tokens: 20, total_tokens: 150 }, 50],
    ['without a total', { completion_tokens: 50 }, 50],
  ])('counts thoughts once, told %s', (_where, counts, outputTokens) => {
    const usage = { prompt_tokens: 100, completion_tokens_details: { reasoning_tokens: 30 }, ...counts };
    expect(answerOf(delta({ content: 'So.' }, 'stop'), { choices: [], usage }).usage).toMatchObject({
      outputTokens,
      reasoningTokens: 30,
    });
  });

  it("believes the provider's own figure of its cost", () => {
    const usage = {
      prompt_tokens: 1,
      completion_tokens: 1,
      cost: 0.25,
      is_byok: true,
      cost_details: { upstream_inference_cost: 0.5 },
    };
    expect(answerOf(delta({ content: 'So.' }, 'stop'), { usage }).usage?.statedUsd).toBe(0.75);
  });

  it("does not take the fee on a key of one's own for the whole cost", () => {
    const usage = { prompt_tokens: 1, completion_tokens: 1, cost: 0.01, is_byok: true };
    expect(answerOf(delta({ content: 'So.' }, 'stop'), { usage }).usage?.statedUsd).toBeNull();
  });

  it('is complete without a reason where it was counted', () => {
    const usage = { prompt_tokens: 1, completion_tokens: 1 };
    expect(answerOf(delta({ content: 'So.' }), { choices: [], usage }).text).toBe('So.');
    expect(() => answerOf(delta({ content: 'So.' }))).toThrow('before it was complete');
  });

  it('is none when the provider broke it off', () => {
    expect(() => answerOf(delta({ content: 'So' }, 'error'))).toThrow('before it was complete');
  });
});
