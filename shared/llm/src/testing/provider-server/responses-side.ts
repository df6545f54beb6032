/**
 * Responses, the server's side: stateless, as it is asked with `store: false`.
 * https://platform.openai.com/docs/api-reference/responses
 */
import { z } from 'zod';
import type { Message } from '../../message.ts';
import { bodyText } from './body-text.ts';
import type { CompleteAnswer } from './provider-answer.ts';
import type { Conversation } from './provider-request.ts';

const item = z.union([
  z.looseObject({
    type: z.literal('function_call'),
    call_id: z.string(),
    name: z.string(),
    arguments: z.string(),
  }),
  z.looseObject({ type: z.literal('function_call_output'), call_id: z.string(), output: bodyText }),
  z.looseObject({ type: z.literal('reasoning'), encrypted_content: z.string().nullish() }),
  z.looseObject({
    type: z.literal('message').default('message'),
    role: z.enum(['user', 'assistant', 'system', 'developer']),
    content: bodyText,
  }),
]);
type Item = z.infer<typeof item>;

export const responsesBody = z.looseObject({
  model: z.string(),
  instructions: z.string().nullish(),
  input: z.array(item),
  tools: z
    .array(
      z.object({
        type: z.literal('function'),
        name: z.string(),
        description: z.string().default(''),
        parameters: z.record(z.string(), z.unknown()).default({}),
        strict: z.boolean().nullish(),
      }),
    )
    .default([]),
  include: z.array(z.string()).default([]),
  store: z.boolean().default(true),
  stream: z.boolean().default(false),
});
export type ResponsesBody = z.infer<typeof responsesBody>;

export function responsesConversation(body: ResponsesBody): Conversation {
  return {
    system: body.instructions ?? '',
    messages: body.input.reduce(heard, []),
    tools: body.tools.map(({ name, description, parameters }) => ({ name, description, parameters })),
  };
}

/** What an assistant says comes in several items; they are one message. */
function heard(messages: Message[], one: Item): Message[] {
  if (one.type === 'reasoning') return messages;
  if (one.type === 'function_call_output') {
    return [...messages, { role: 'tool', callId: one.call_id, content: one.output, failed: false }];
  }
  if (one.type === 'message' && one.role !== 'assistant')
    return [...messages, { role: 'user', text: one.content }];
  const last = messages.at(-1);
  const open = last?.role === 'assistant' ? last : { text: '', calls: [] };
  const before = last?.role === 'assistant' ? messages.slice(0, -1) : messages;
  const calls =
    one.type === 'function_call' ? [{ id: one.call_id, name: one.name, arguments: one.arguments }] : [];
  const text = one.type === 'message' ? one.content : '';
  return [
    ...before,
    {
      role: 'assistant',
      text: `${open.text}${text}`,
      calls: [...open.calls, ...calls],
      opaque: null,
      model: '',
    },
  ];
}

/** The whole response object: the answer without a stream, and what `response.completed` holds. */
export function responseObject(answer: CompleteAnswer, body: ResponsesBody): object {
  const { finish } = answer;
  return {
    id: answer.id,
    object: 'response',
    created_at: 0,
    model: answer.model,
    status: finish === 'stop' ? 'completed' : 'incomplete',
    error: null,
    incomplete_details:
      finish === 'stop' ? null : { reason: finish === 'length' ? 'max_output_tokens' : 'content_filter' },
    output: outputItems(answer, body),
    usage: answer.usage === null ? null : responsesUsage(answer.usage),
  };
}

export function outputItems(answer: CompleteAnswer, body: ResponsesBody): object[] {
  const thought = {
    type: 'reasoning',
    id: `rs_${answer.id}`,
    summary: [{ type: 'summary_text', text: answer.reasoning }],
    ...(body.include.includes('reasoning.encrypted_content')
      ? { encrypted_content: Buffer.from(answer.reasoning).toString('base64') }
      : {}),
  };
  const content =
    answer.refusal === ''
      ? { type: 'output_text', text: answer.text, annotations: [] }
      : { type: 'refusal', refusal: answer.refusal };
  const said = {
    type: 'message',
    id: `msg_${answer.id}`,
    role: 'assistant',
    status: 'completed',
    content: [content],
  };
  return [
    ...(answer.reasoning === '' ? [] : [thought]),
    ...(answer.text === '' && answer.refusal === '' ? [] : [said]),
    ...answer.calls.map((call, index) => ({
      type: 'function_call',
      id: `fc_${answer.id}_${index}`,
      call_id: call.id,
      name: call.name,
      arguments: call.arguments,
      status: 'completed',
    })),
  ];
}

function responsesUsage(usage: NonNullable<CompleteAnswer['usage']>): object {
  return {
    input_tokens: usage.inputTokens,
    input_tokens_details: { cached_tokens: usage.cachedTokens ?? 0 },
    output_tokens: usage.outputTokens,
    output_tokens_details: { reasoning_tokens: usage.reasoningTokens ?? 0 },
    total_tokens: usage.inputTokens + usage.outputTokens,
  };
}
