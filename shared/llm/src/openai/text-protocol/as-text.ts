/** A request to a model without function calling: its tools, former calls and their results told in text. */
import type { ToolCall } from '@modelwright/contracts';
import type { Message } from '../../message.ts';
import type { ModelRequest } from '../../model.ts';
import type { ReplyFormat, WireAnswer, WireRequest } from '../wire-api.ts';
import { replySchema, resultsText, type TextResult, toolsText, unreadableText } from './protocol-text.ts';
import { readTextReply } from './read-text-reply.ts';

/** @param enforce What the server may be asked to hold the reply to; null for nothing. */
export function asText(request: ModelRequest, enforce: ReplyFormat['enforce'] | null): WireRequest {
  const { system, messages, tools, cacheKey } = request;
  const told = { messages: messagesInText(messages, tools.length > 0), tools: [], cacheKey };
  if (tools.length === 0) return { ...told, system, format: null };
  return {
    ...told,
    system: `${system}\n\n${toolsText(tools)}`,
    format: enforce === null ? null : { schema: replySchema(tools), enforce },
  };
}

/** The calls in an answer's text. One that cannot be read makes none, and its text is kept as it is. */
export function withCallsOfText(answer: WireAnswer): WireAnswer {
  if (answer.finish !== 'stop') return answer;
  const read = readTextReply(answer.text);
  if (read.kind === 'unreadable') return answer;
  const calls = read.calls.map((call) => ({ id: '', ...call }));
  return { ...answer, text: read.thought, calls, opaque: null };
}

/** @param demanding Whether replies are to call something: where one did not, that is said. */
function messagesInText(messages: readonly Message[], demanding: boolean): Message[] {
  const told: Message[] = [];
  let calls: readonly ToolCall[] = [];
  let results: TextResult[] = [];
  let complaint: string | null = null;
  const closeResults = () => {
    if (results.length > 0) told.push({ role: 'user', text: resultsText(results) });
    results = [];
  };
  for (const message of messages) {
    if (message.role === 'tool') {
      const place = calls.findIndex(({ id }) => id === message.callId);
      results.push({ number: place + 1, tool: calls[place]?.name ?? 'tool', content: message.content });
      continue;
    }
    closeResults();
    if (message.role === 'user') {
      const text: string = complaint === null ? message.text : `${complaint}\n\n${message.text}`;
      told.push({ role: 'user', text });
      complaint = null;
    } else {
      calls = message.calls;
      complaint = demanding ? complaintAbout(message) : null;
      told.push({ ...message, text: assistantText(message), calls: [], opaque: null });
    }
  }
  closeResults();
  return told;
}

function assistantText({ text, calls }: Message & { role: 'assistant' }): string {
  if (calls.length === 0) return text;
  const made = calls.map((call) => ({ tool: call.name, arguments: parsedArguments(call.arguments) }));
  return JSON.stringify({ thought: text, calls: made });
}

function complaintAbout({ text, calls }: Message & { role: 'assistant' }): string | null {
  if (calls.length > 0) return null;
  const read = readTextReply(text);
  return read.kind === 'unreadable' ? unreadableText(read.why) : null;
}

/** Malformed arguments are shown as the text they were. */
function parsedArguments(args: string): unknown {
  try {
    return JSON.parse(args);
  } catch {
    return args;
  }
}
