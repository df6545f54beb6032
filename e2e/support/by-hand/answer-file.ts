/**
 * An answer as a person writes it: `answer.json`,
 *
 *     { "text": "First the data.", "calls": [{ "name": "write_file", "args": { "path": "model.py", "content": { "$file": "model.py" } } }] }
 *
 * `{ "$file": NAME }` anywhere in `args` stands for the text of that file beside the answer, so that nobody has to write
 * programs as JSON strings.
 */
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';

export const ANSWER_FILE = 'answer.json';

const answer = z.strictObject({
  text: z.string().default(''),
  calls: z
    .array(z.strictObject({ name: z.string(), args: z.record(z.string(), z.json()).default({}) }))
    .default([]),
});
export type Answer = z.infer<typeof answer>;

const reference = z.strictObject({ $file: z.string() });

/** @throws Error when the text is no answer, or a file it names is missing. */
export async function readAnswer(folder: string, text: string): Promise<Answer> {
  const { text: said, calls } = answer.parse(JSON.parse(text));
  return {
    text: said,
    calls: await Promise.all(
      calls.map(async ({ name, args }) => ({ name, args: await objectWithFiles(folder, args) })),
    ),
  };
}

type Json = z.infer<ReturnType<typeof z.json>>;

async function withFiles(folder: string, value: Json): Promise<Json> {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return await Promise.all(value.map((one) => withFiles(folder, one)));
  const named = reference.safeParse(value);
  if (named.success) return await readFile(join(folder, basename(named.data.$file)), 'utf8');
  return await objectWithFiles(folder, value);
}

async function objectWithFiles(
  folder: string,
  value: Readonly<Record<string, Json>>,
): Promise<Record<string, Json>> {
  const entries = Object.entries(value).map(
    async ([key, one]) => [key, await withFiles(folder, one)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}
