/** Prompts are files with `{{variables}}`. Their hash goes into the log, so that one can say what an agent was told. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

export interface Prompt {
  readonly text: string;
  readonly sha256: string;
}

/** @throws Error when a variable of the file has no value, or a value has no variable. */
export async function renderPrompt(file: URL, values: Readonly<Record<string, string>>): Promise<Prompt> {
  return fill(await readFile(file, 'utf8'), values);
}

export function fill(template: string, values: Readonly<Record<string, string>>): Prompt {
  const used = new Set<string>();
  const text = template.replace(/\{\{\s*([a-z_]+)\s*\}\}/g, (_whole, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`the prompt uses {{${name}}}, which has no value`);
    used.add(name);
    return value;
  });
  const unused = Object.keys(values).filter((name) => !used.has(name));
  if (unused.length > 0) throw new Error(`the prompt does not use ${unused.join(', ')}`);
  return { text, sha256: createHash('sha256').update(text).digest('hex') };
}
