/** What came over the wire, as the conversation that the port to models knows. Both of the provider's interfaces. */
import type { Message, ToolSpec } from '@modelwright/llm';
import { z } from 'zod';

/** A request as its body says it. */
export interface Heard {
  readonly model: string;
  readonly system: string;
  readonly messages: readonly Message[];
  readonly tools: readonly ToolSpec[];
  /** Under which the provider keeps what it has read; empty where none was named. */
  readonly cacheKey: string;
}

const parts = z.array(z.object({ text: z.string().catch('') }));
const said = z.union([z.string(), parts.transform((all) => all.map(({ text }) => text).join(''))]);
const parameters = z.record(z.string(), z.unknown());

const chatCall = z.object({
  id: z.string(),
  function: z.object({ name: z.string(), arguments: z.string() }),
});
const chatMessage = z.discriminatedUnion('role', [
  z.object({ role: z.enum(['system', 'developer']), content: said }),
  z.object({ role: z.literal('user'), content: said }),
  z.object({
    role: z.literal('assistant'),
    content: said.nullish(),
    tool_calls: z.array(chatCall).optional(),
  }),
  z.object({ role: z.literal('tool'), tool_call_id: z.string(), content: said }),
]);
const chatBody = z.object({
  model: z.string(),
  messages: z.array(chatMessage),
  tools: z
    .array(z.object({ function: z.object({ name: z.string(), description: z.string(), parameters }) }))
    .default([]),
  prompt_cache_key: z.string().default(''),
});

const item = z.union([
  z.object({
    type: z.literal('function_call'),
    call_id: z.string(),
    name: z.string(),
    arguments: z.string(),
  }),
  z.object({ type: z.literal('function_call_output'), call_id: z.string(), output: said }),
  z.object({ type: z.literal('reasoning') }),
  z.object({
    type: z.literal('message').default('message'),
    role: z.enum(['system', 'developer', 'user', 'assistant']),
    content: said,
  }),
]);
const responsesBody = z.object({
  model: z.string(),
  instructions: z.string().nullish(),
  input: z.array(item),
  tools: z.array(z.object({ name: z.string(), description: z.string(), parameters })).default([]),
  prompt_cache_key: z.string().default(''),
});

/** @throws ZodError for a body that neither interface knows. */
export function heard(api: 'chat' | 'responses', body: unknown): Heard {
  return api === 'chat' ? fromChat(chatBody.parse(body)) : fromResponses(responsesBody.parse(body));
}

function fromChat({ model, messages, tools, prompt_cache_key }: z.infer<typeof chatBody>): Heard {
  return {
    model,
    system: messages.flatMap((message) => (isSystem(message) ? [message.content] : [])).join('\n'),
    messages: messages.flatMap((message) => (isSystem(message) ? [] : [messageOf(message, model)])),
    tools: tools.map((tool) => tool.function),
    cacheKey: prompt_cache_key,
  };
}

type ChatMessage = z.infer<typeof chatMessage>;
type SystemMessage = Extract<ChatMessage, { role: 'system' | 'developer' }>;

function isSystem(message: ChatMessage): message is SystemMessage {
  return message.role === 'system' || message.role === 'developer';
}

function messageOf(message: Exclude<ChatMessage, SystemMessage>, model: string): Message {
  switch (message.role) {
    case 'user':
      return { role: 'user', text: message.content };
    case 'assistant':
      return assistant(message.content ?? '', (message.tool_calls ?? []).map(callOf), model);
    case 'tool':
      return answer(message.tool_call_id, message.content);
  }
}

function callOf({ id, function: { name, arguments: text } }: z.infer<typeof chatCall>) {
  return { id, name, arguments: text };
}

function fromResponses(body: z.infer<typeof responsesBody>): Heard {
  const { model, input, tools } = body;
  const system = [body.instructions ?? ''];
  const messages: Message[] = [];
  for (const one of input) {
    if (one.type === 'message' && one.role === 'user') messages.push({ role: 'user', text: one.content });
    else if (one.type === 'message' && one.role === 'assistant')
      messages.push(assistant(one.content, [], model));
    else if (one.type === 'message') system.push(one.content);
    else if (one.type === 'function_call') addCall(messages, one, model);
    else if (one.type === 'function_call_output') messages.push(answer(one.call_id, one.output));
  }
  return { model, system: system.join('').trim(), messages, tools, cacheKey: body.prompt_cache_key };
}

/** A reply's text and each of its calls are items of their own. */
function addCall(
  messages: Message[],
  item: { readonly call_id: string; readonly name: string; readonly arguments: string },
  model: string,
): void {
  const last = messages.at(-1);
  const call = { id: item.call_id, name: item.name, arguments: item.arguments };
  if (last?.role !== 'assistant') messages.push(assistant('', [call], model));
  else messages[messages.length - 1] = assistant(last.text, [...last.calls, call], model);
}

function assistant(
  text: string,
  calls: readonly { id: string; name: string; arguments: string }[],
  model: string,
): Message {
  return { role: 'assistant', text, calls, opaque: null, model };
}

/** Whether it failed is not said on the wire but in words. */
function answer(callId: string, content: string): Message {
  return { role: 'tool', callId, content, failed: false };
}
