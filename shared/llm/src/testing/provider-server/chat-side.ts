/**
 * Chat Completions, the server's side.
 * https://platform.openai.com/docs/api-reference/chat
 */
import { z } from 'zod';
import type { Message } from '../../message.ts';
import { bodyText } from './body-text.ts';
import { type CompleteAnswer, pieces } from './provider-answer.ts';
import type { Conversation } from './provider-request.ts';

const call = z.object({
  id: z.string(),
  type: z.literal('function'),
  function: z.object({ name: z.string(), arguments: z.string() }),
});

const message = z.discriminatedUnion('role', [
  z.object({ role: z.enum(['system', 'developer']), content: bodyText }),
  z.object({ role: z.literal('user'), content: bodyText }),
  z.object({ role: z.literal('assistant'), content: bodyText, tool_calls: z.array(call).optional() }),
  z.object({ role: z.literal('tool'), content: bodyText, tool_call_id: z.string() }),
]);

export const chatBody = z.looseObject({
  model: z.string(),
  messages: z.array(message).min(1),
  tools: z
    .array(
      z.object({
        type: z.literal('function'),
        function: z.object({
          name: z.string(),
          description: z.string().default(''),
          parameters: z.record(z.string(), z.unknown()).default({}),
        }),
      }),
    )
    .default([]),
  stream: z.boolean().default(false),
  stream_options: z.object({ include_usage: z.boolean().default(false) }).optional(),
});
export type ChatBody = z.infer<typeof chatBody>;

export function chatConversation(body: ChatBody): Conversation {
  const system = body.messages.flatMap((one) =>
    one.role === 'system' || one.role === 'developer' ? [one.content] : [],
  );
  return {
    system: system.join('\n\n'),
    messages: body.messages.flatMap(heard),
    tools: body.tools.map((tool) => tool.function),
  };
}

function heard(one: z.infer<typeof message>): Message[] {
  switch (one.role) {
    case 'system':
    case 'developer':
      return [];
    case 'user':
      return [{ role: 'user', text: one.content }];
    case 'assistant': {
      const calls = (one.tool_calls ?? []).map(({ id, function: of }) => ({ id, ...of }));
      return [{ role: 'assistant', text: one.content, calls, opaque: null, model: '' }];
    }
    case 'tool':
      return [{ role: 'tool', callId: one.tool_call_id, content: one.content, failed: false }];
  }
}

/** Data of server-sent events; the last is not JSON but says that the stream is complete. */
export function chatEvents(answer: CompleteAnswer, body: ChatBody): string[] {
  const choice = (delta: object, finish: string | null = null) =>
    chunk(answer, [{ index: 0, delta, logprobs: null, finish_reason: finish }]);
  const events = [
    choice({ role: 'assistant', content: '', refusal: null }),
    ...pieces(answer.reasoning).map((reasoning_content) => choice({ reasoning_content })),
    ...pieces(answer.text).map((content) => choice({ content })),
    ...pieces(answer.refusal).map((refusal) => choice({ refusal })),
    ...answer.calls.flatMap((one, index) => [
      choice({
        tool_calls: [{ index, id: one.id, type: 'function', function: { name: one.name, arguments: '' } }],
      }),
      ...pieces(one.arguments).map((text) =>
        choice({ tool_calls: [{ index, function: { arguments: text } }] }),
      ),
    ]),
    choice({}, finishReason(answer)),
  ];
  if (body.stream_options?.include_usage === true && answer.usage !== null) events.push(chunk(answer, []));
  return [...events, '[DONE]'];
}

function chunk(answer: CompleteAnswer, choices: object[]): string {
  const usage = choices.length === 0 ? { usage: chatUsage(answer) } : {};
  const head = { id: answer.id, object: 'chat.completion.chunk', created: 0, model: answer.model };
  return JSON.stringify({ ...head, choices, ...usage });
}

/** The answer to a request that does not ask for a stream. */
export function chatCompletion(answer: CompleteAnswer): object {
  const calls = answer.calls.map(({ id, name, arguments: args }) => ({
    id,
    type: 'function',
    function: { name, arguments: args },
  }));
  const said = {
    role: 'assistant',
    content: answer.text === '' && calls.length > 0 ? null : answer.text,
    refusal: answer.refusal === '' ? null : answer.refusal,
    ...(answer.reasoning === '' ? {} : { reasoning_content: answer.reasoning }),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
  };
  return {
    id: answer.id,
    object: 'chat.completion',
    created: 0,
    model: answer.model,
    choices: [{ index: 0, message: said, logprobs: null, finish_reason: finishReason(answer) }],
    ...(answer.usage === null ? {} : { usage: chatUsage(answer) }),
  };
}

function finishReason(answer: CompleteAnswer): string {
  if (answer.finish !== 'stop') return answer.finish;
  return answer.calls.length > 0 ? 'tool_calls' : 'stop';
}

function chatUsage({ usage }: CompleteAnswer): object | null {
  if (usage === null) return null;
  return {
    prompt_tokens: usage.inputTokens,
    completion_tokens: usage.outputTokens,
    total_tokens: usage.inputTokens + usage.outputTokens,
    prompt_tokens_details: { cached_tokens: usage.cachedTokens ?? 0 },
    completion_tokens_details: { reasoning_tokens: usage.reasoningTokens ?? 0 },
    ...(usage.costUsd === undefined ? {} : { cost: usage.costUsd }),
  };
}
