/** The body of a request for Chat Completions. */
import type OpenAI from 'openai';
import { z } from 'zod';
import type { Message } from '../../message.ts';
import type { Refusals } from '../refusals.ts';
import { sendableArguments, sendableName } from '../sendable-call.ts';
import { isOpenAi } from '../server-kind.ts';
import { shortKey } from '../short-key.ts';
import type { ReplyFormat, WireRequest } from '../wire-api.ts';
import { wireIds } from '../wire-ids.ts';
import type { WireOptions } from '../wire-options.ts';

type Body = OpenAI.Chat.ChatCompletionCreateParamsStreaming;
type Wire = OpenAI.Chat.ChatCompletionMessageParam;
type Assistant = Message & { role: 'assistant' };

export function chatBody(request: WireRequest, options: WireOptions, refusals: Refusals): Body {
  const { temperature, reasoningEffort } = options;
  const own = isOpenAi(options.baseUrl);
  const tools = request.tools.map(({ name, description, parameters }) => ({
    type: 'function' as const,
    function: { name, description, parameters },
  }));
  return {
    model: options.model,
    ...(tools.length === 0 ? {} : { tools }),
    messages: [
      { role: 'system', content: request.system },
      ...conversation(request.messages, options, refusals),
    ],
    stream: true,
    ...(refusals.has('stream_options') ? {} : { stream_options: { include_usage: true } }),
    ...replyLength(options, refusals),
    ...(temperature === null || refusals.has('temperature') ? {} : { temperature }),
    ...(reasoningEffort === null || refusals.has('reasoning_effort')
      ? {}
      : { reasoning_effort: reasoningEffort }),
    ...(own && !refusals.has('prompt_cache_key') ? { prompt_cache_key: shortKey(request.cacheKey) } : {}),
    ...(request.format === null ? {} : responseFormat(request.format)),
  };
}

/** OpenAI's later models know only the one name, most other servers only the other. */
function replyLength({ baseUrl, maxOutputTokens }: WireOptions, refusals: Refusals): Partial<Body> {
  const later = isOpenAi(baseUrl) ? !refusals.has('max_completion_tokens') : refusals.has('max_tokens');
  return later ? { max_completion_tokens: maxOutputTokens } : { max_tokens: maxOutputTokens };
}

function responseFormat({ enforce, schema }: ReplyFormat): Partial<Body> {
  if (enforce === 'json_object') return { response_format: { type: 'json_object' } };
  return {
    response_format: {
      type: 'json_schema',
      json_schema: { name: 'reply', schema: { ...schema }, strict: false },
    },
  };
}

function conversation(messages: readonly Message[], options: WireOptions, refusals: Refusals): Wire[] {
  const ids = wireIds(messages, options.name);
  const idOf = (id: string) => ids.get(id) ?? id;
  const wire: Wire[] = [];
  for (const message of messages) {
    const last = wire.at(-1);
    if (message.role === 'assistant') {
      const back = message.model === options.name && !refusals.has('reasoning_content');
      wire.push(assistant(message, back, idOf));
    } else if (message.role === 'tool') {
      wire.push({
        role: 'tool',
        tool_call_id: idOf(message.callId),
        content: message.content || '(nothing)',
      });
    } else if (last?.role === 'user' && typeof last.content === 'string') {
      // Some models' templates demand that roles alternate.
      wire.splice(-1, 1, { role: 'user', content: `${last.content}\n\n${message.text}` });
    } else wire.push({ role: 'user', content: message.text });
  }
  return wire;
}

const opaqueChat = z.object({
  reasoning_content: z.string().optional(),
  reasoning_details: z.array(z.json()).optional(),
  extra_content: z.array(z.json()).optional(),
});

/** @param back Whether the model sees its thoughts again. */
function assistant(message: Assistant, back: boolean, idOf: (id: string) => string): Wire {
  const own = opaqueChat.safeParse(message.opaque);
  const { extra_content: extras, ...thoughts } = back && own.success ? own.data : {};
  const calls = message.calls.map(({ id, name, arguments: args }, place) => ({
    id: idOf(id),
    type: 'function' as const,
    function: { name: sendableName(name), arguments: sendableArguments(args) },
    ...(extras?.[place] == null ? {} : { extra_content: extras[place] }),
  }));
  if (calls.length === 0) return { role: 'assistant', content: message.text || '(nothing)', ...thoughts };
  return { role: 'assistant', content: message.text || null, ...thoughts, tool_calls: calls };
}
