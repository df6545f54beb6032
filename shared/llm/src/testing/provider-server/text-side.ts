/** The text protocol, the model's side: a conversation read back from what a model without function calling is shown. */
import type { ToolCall } from '@modelwright/contracts';
import { z } from 'zod';
import type { Message, ToolSpec } from '../../message.ts';
import { RESULTS_END, TOOLS_HEADING } from '../../openai/text-protocol/protocol-text.ts';
import { readTextReply } from '../../openai/text-protocol/read-text-reply.ts';
import type { ProviderAnswer } from './provider-answer.ts';
import type { Conversation } from './provider-request.ts';

/** Null where the conversation is no such one. */
export function fromText({ system, messages, tools }: Conversation): Conversation | null {
  const [own, told, ...more] = system.split(`\n\n${TOOLS_HEADING}\n`);
  if (own === undefined || told === undefined || more.length > 0 || tools.length > 0) return null;
  return { system: own, tools: toolsIn(told), messages: messages.reduce(heard, []) };
}

/** Said as such a model says it. */
export function inText(said: ProviderAnswer): ProviderAnswer {
  const { calls = [], text = '', ...rest } = said;
  if (calls.length === 0) return said;
  const made = calls.map(({ name, args }) => ({ tool: name, arguments: args }));
  return { ...rest, text: JSON.stringify({ thought: text, calls: made }) };
}

function toolsIn(told: string): ToolSpec[] {
  const found = told.matchAll(/^## Tool `([^`]+)`\n([\s\S]*?)\nArguments, as JSON Schema: (.*)$/gm);
  return [...found].map(([, name = '', description = '', schema = '{}']) => {
    const parameters = z.record(z.string(), z.unknown()).parse(JSON.parse(schema));
    return { name, description, parameters };
  });
}

function heard(before: Message[], message: Message): Message[] {
  if (message.role === 'tool') return [...before, message];
  if (message.role === 'assistant') return [...before, withCalls(message, before.length)];
  const last = before.at(-1);
  const [results, rest = ''] = message.text.split(`\n${RESULTS_END}`);
  if (last?.role !== 'assistant' || results === message.text) return [...before, message];
  const said = rest.trim();
  return [...before, ...resultsIn(results ?? '', last.calls), ...(said === '' ? [] : [user(said)])];
}

function withCalls(message: Message & { role: 'assistant' }, place: number): Message {
  const read = readTextReply(message.text);
  if (read.kind === 'unreadable') return message;
  const calls = read.calls.map((call, index) => ({ id: `text-${place}-${index}`, ...call }));
  return { ...message, text: read.thought, calls };
}

function resultsIn(text: string, calls: readonly ToolCall[]): Message[] {
  const [, ...parts] = `\n${text}`.split(/\n=== result of call (\d+): .* ===\n/);
  return calls.map((call, index) => {
    const at = parts.findIndex((part, place) => place % 2 === 0 && part === String(index + 1));
    const content = (at < 0 ? '' : (parts[at + 1] ?? '')).replaceAll(GUARD, '');
    return { role: 'tool', callId: call.id, content, failed: false };
  });
}

const GUARD = /^\\(?=\\*=== (?:result of call |end of results))/gm;

function user(text: string): Message {
  return { role: 'user', text };
}
