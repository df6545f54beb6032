/** What has happened in an assignment so far: the calls, each with what came of it. */
import type { Message } from '@modelwright/llm';
import { z } from 'zod';

export interface Step {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly content: string;
  readonly failed: boolean;
}

const argumentsOf = z.record(z.string(), z.unknown());

/** Calls that were answered, in order. The playbook wrote them itself, so their arguments are JSON objects. */
export function stepsOf(messages: readonly Message[]): Step[] {
  const answers = new Map(
    messages.flatMap((message) => (message.role === 'tool' ? [[message.callId, message] as const] : [])),
  );
  return messages
    .flatMap((message) => (message.role === 'assistant' ? message.calls : []))
    .flatMap(({ id, name, arguments: text }) => {
      const answer = answers.get(id);
      if (answer === undefined) return [];
      const args = argumentsOf.parse(JSON.parse(text));
      return [{ name, args, content: answer.content, failed: answer.failed }];
    });
}

/** The value in the JSON of a tool's answer; null where it is no such JSON. */
export function readAnswer<Schema extends z.ZodType>(
  { content }: Pick<Step, 'content'>,
  schema: Schema,
): z.output<Schema> | null {
  try {
    return schema.parse(JSON.parse(content));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}
