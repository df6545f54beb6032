/** A reply of a model that calls its tools in text. Read generously: models vary the form they were told. */
import { z } from 'zod';
import { jsonInText } from './json-in-text.ts';

export type TextReply =
  | { readonly kind: 'calls'; readonly thought: string; readonly calls: readonly TextCall[] }
  /** `why` is a clause that says what is wrong with the reply. */
  | { readonly kind: 'unreadable'; readonly why: string };

export interface TextCall {
  readonly name: string;
  /** JSON text. */
  readonly arguments: string;
}

const argumentsText = z
  .union([z.string(), z.record(z.string(), z.unknown()).transform((value) => JSON.stringify(value))])
  .nullish()
  .transform((value) => value ?? '{}');

const call = z
  .object({
    tool: z.string().optional(),
    name: z.string().optional(),
    arguments: argumentsText.optional(),
    args: argumentsText.optional(),
    parameters: argumentsText.optional(),
  })
  .transform(
    (said): TextCall => ({
      name: said.tool ?? said.name ?? '',
      arguments: said.arguments ?? said.args ?? said.parameters ?? '{}',
    }),
  )
  .refine(({ name }) => name !== '', 'has no "tool"');

const reply = z.object({ thought: z.string().nullish(), calls: z.array(call) });

export function readTextReply(text: string): TextReply {
  const found = jsonInText(text);
  if ('why' in found) return { kind: 'unreadable', why: found.why };
  const read = reply.safeParse(asReply(found.value));
  if (!read.success) return { kind: 'unreadable', why: complaint(read.error) };
  const { thought, calls } = read.data;
  if (calls.length === 0) return { kind: 'unreadable', why: '"calls" is empty' };
  return { kind: 'calls', thought: thought ?? '', calls };
}

/** A call alone and a list of calls are meant as a reply that makes them. */
function asReply(value: unknown): unknown {
  if (Array.isArray(value)) return { calls: value };
  const alone = typeof value === 'object' && value !== null && ('tool' in value || 'name' in value);
  return alone && !('calls' in value) ? { calls: [value] } : value;
}

function complaint(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return 'it does not have the form that was asked for';
  return `at "${issue.path.join('.')}": ${issue.message}`;
}
