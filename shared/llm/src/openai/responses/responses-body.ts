/**
 * The body of a request to Responses. Nothing is stored at the provider: what was said goes out again with every request,
 * thoughts included, encrypted, at their place between the other items.
 */
import type OpenAI from 'openai';
import { z } from 'zod';
import type { Message } from '../../message.ts';
import type { Refusals } from '../refusals.ts';
import { sendableArguments, sendableName } from '../sendable-call.ts';
import { shortKey } from '../short-key.ts';
import type { ReplyFormat, WireRequest } from '../wire-api.ts';
import { wireIds } from '../wire-ids.ts';
import type { WireOptions } from '../wire-options.ts';
import { type OutputItem, outputItem } from './responses-event.ts';

type Body = OpenAI.Responses.ResponseCreateParamsStreaming;
type Assistant = Message & { role: 'assistant' };

export function responsesBody(request: WireRequest, options: WireOptions, refusals: Refusals): object {
  const { temperature, reasoningEffort } = options;
  const tools = request.tools.map(({ name, description, parameters }) => ({
    type: 'function' as const,
    name,
    description,
    parameters: { ...parameters },
    strict: false,
  }));
  const body: Omit<Body, 'input'> = {
    model: options.model,
    instructions: request.system,
    ...(tools.length === 0 ? {} : { tools }),
    stream: true,
    store: false,
    ...(refusals.has('encrypted_reasoning') ? {} : { include: ['reasoning.encrypted_content'] }),
    max_output_tokens: options.maxOutputTokens,
    ...(temperature === null || refusals.has('temperature') ? {} : { temperature }),
    ...(reasoningEffort === null || refusals.has('reasoning_effort')
      ? {}
      : { reasoning: { effort: reasoningEffort } }),
    ...(refusals.has('prompt_cache_key') ? {} : { prompt_cache_key: shortKey(request.cacheKey) }),
    ...(request.format === null ? {} : { text: { format: textFormat(request.format) } }),
  };
  return { ...body, input: input(request.messages, options.name) };
}

function textFormat({ enforce, schema }: ReplyFormat): OpenAI.Responses.ResponseFormatTextConfig {
  if (enforce === 'json_object') return { type: 'json_object' };
  return { type: 'json_schema', name: 'reply', schema: { ...schema }, strict: false };
}

function input(messages: readonly Message[], model: string): object[] {
  const ids = wireIds(messages, model);
  const idOf = (id: string) => ids.get(id) ?? id;
  return messages.flatMap((message): object[] => {
    if (message.role === 'user') return [{ role: 'user', content: message.text }];
    if (message.role === 'tool') {
      return [{ type: 'function_call_output', call_id: idOf(message.callId), output: message.content }];
    }
    return (message.model === model ? ownItems(message) : null) ?? toldAgain(message, idOf);
  });
}

const opaqueResponses = z.object({ items: z.array(outputItem) });

/** The items as the model wrote them; null where they are not known or no longer those of the conversation. */
function ownItems(message: Assistant): object[] | null {
  const own = opaqueResponses.safeParse(message.opaque);
  if (!own.success) return null;
  const called = own.data.items.flatMap((item) =>
    item['type'] === 'function_call' ? [item['call_id']] : [],
  );
  if (called.join('\n') !== message.calls.map(({ id }) => id).join('\n')) return null;
  return own.data.items.filter(isKnownAgain).map(sendable);
}

/** Nothing is stored, so a thought without its content is one that nobody knows any more. */
function isKnownAgain(item: OutputItem): boolean {
  return item['type'] !== 'reasoning' || typeof item['encrypted_content'] === 'string';
}

function sendable(item: OutputItem): OutputItem {
  const args = item['arguments'];
  return item['type'] === 'function_call' && typeof args === 'string'
    ? { ...item, arguments: sendableArguments(args) }
    : item;
}

function toldAgain({ text, calls }: Assistant, idOf: (id: string) => string): object[] {
  const said = text === '' && calls.length > 0 ? [] : [{ role: 'assistant', content: text || '(nothing)' }];
  const made = calls.map(({ id, name, arguments: args }) => ({
    type: 'function_call',
    call_id: idOf(id),
    name: sendableName(name),
    arguments: sendableArguments(args),
  }));
  return [...said, ...made];
}
