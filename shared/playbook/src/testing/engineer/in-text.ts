/** Tools that were told, called and answered in plain text, as a model without function calling meets them. */
import type { Message, ToolSpec } from '@modelwright/llm';
import type { Conversation } from '@modelwright/llm/testing';
import { z } from 'zod';
import type { EngineerReply } from './engineer.ts';

const TOOL = /^## Tool `([^`]+)`\n([\s\S]*?)\nArguments, as JSON Schema: (.*)$/gm;
const RESULTS = /^=== result of call (\d+): .* ===\n/gm;
const END = '\n=== end of results ===';

const schema = z.record(z.string(), z.unknown());
const said = z.object({
  thought: z.string(),
  calls: z.array(z.object({ tool: z.string(), arguments: z.unknown() })),
});

export function isInText({ system, tools }: Conversation): boolean {
  return tools.length === 0 && system.includes('\nArguments, as JSON Schema: ');
}

/** What a model with function calling would have been asked. */
export function outOfText({ system, messages }: Conversation): Conversation {
  const tools = [...system.matchAll(TOOL)].map(
    ([, name = '', description = '', parameters = '{}']): ToolSpec => ({
      name,
      description,
      parameters: schema.parse(JSON.parse(parameters)),
    }),
  );
  return { system, tools, messages: messages.flatMap((message, place) => meant(message, place)) };
}

/** The whole reply is one JSON object. */
export function intoText({ text, calls }: EngineerReply): string {
  const made = calls.map(({ name, args }) => ({ tool: name, arguments: args }));
  return JSON.stringify({ thought: text, calls: made });
}

function meant(message: Message, place: number): Message[] {
  if (message.role === 'assistant') {
    const { thought, calls } = said.parse(JSON.parse(message.text));
    const made = calls.map(({ tool, arguments: args }, index) => ({
      id: idOf(place, index + 1),
      name: tool,
      arguments: JSON.stringify(args),
    }));
    return [{ ...message, text: thought, calls: made }];
  }
  return message.role === 'user' ? (resultsIn(message.text, place - 1) ?? [message]) : [message];
}

/** Null where there are none. @param asked Place of the reply that made the calls. */
function resultsIn(text: string, asked: number): Message[] | null {
  if (!text.endsWith(END)) return null;
  const [, ...parts] = text.slice(0, -END.length).split(RESULTS);
  const numbers = parts.filter((_, n) => n % 2 === 0);
  const contents = parts.filter((_, n) => n % 2 === 1);
  return numbers.map((number, n) => ({
    role: 'tool',
    callId: idOf(asked, Number(number)),
    content: unguarded(contents[n] ?? '', n === numbers.length - 1),
    failed: false,
  }));
}

/** A line that would look like the head of a result has a backslash in front. Between results there is a line break. */
function unguarded(content: string, last: boolean): string {
  const own = last ? content : content.replace(/\n$/, '');
  return own.replaceAll(/^\\(?=\\*=== (?:result of call |end of results))/gm, '');
}

const idOf = (place: number, number: number) => `text-${place}-${number}`;
