/** Prompts are files with `{{variables}}`. Their hash goes into the log, so that one can say what an agent was told. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

export interface Prompt {
  readonly text: string;
  readonly sha256: string;
}

/**
 * Reads a prompt, for a role to keep: what a process tells its agents is what lay there when the process began, as with
 * its code, whatever becomes of the file meanwhile.
 */
export function promptIn(file: URL): string {
  return readFileSync(file, 'utf8');
}

/** @throws Error when a variable of the template has no value, or a value has no variable. */
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
