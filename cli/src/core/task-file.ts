/** Reads task.yaml: text in, a task or every fault with its line and column out. */
import { type Task, task } from '@modelwright/contracts';
import { LineCounter, parseDocument } from 'yaml';
import type { Problem } from './problem.ts';
import { taskFaults } from './task-faults.ts';
import { type Positions, positionsOf } from './task-positions.ts';

export const TASK_FILE = 'task.yaml';

export type TaskReading =
  | { readonly kind: 'read'; readonly task: Task; readonly positions: Positions }
  | { readonly kind: 'faulty'; readonly problems: readonly Problem[] };

export function readTask(bytes: Uint8Array): TaskReading {
  const decoded = decode(bytes);
  if (typeof decoded !== 'string') return faulty(decoded);
  const lines = new LineCounter();
  const document = parseDocument(decoded, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  if (document.errors.length > 0) {
    return faulty(
      ...document.errors.map((error) => {
        const { line, col } = lines.linePos(error.pos[0]);
        return {
          message: `not readable as YAML: ${error.message}`,
          remedy: yamlRemedy(error.code),
          file: TASK_FILE,
          line,
          column: col,
        };
      }),
    );
  }
  const value = plainValue(() => document.toJS({ maxAliasCount: 50 }));
  if (value.kind === 'refused')
    return faulty(atStart(value.message, 'Write the value out in place of the alias.'));
  if (typeof value.value !== 'object' || value.value === null || Array.isArray(value.value)) {
    return faulty(
      atStart('holds no keys', 'Start with "version: 1", then name, description, data and metric.'),
    );
  }
  const positions = positionsOf(document.contents, lines);
  const parsed = task.safeParse(value.value);
  return parsed.success
    ? { kind: 'read', task: parsed.data, positions }
    : faulty(...taskFaults(TASK_FILE, value.value, parsed.error.issues, positions));
}

function faulty(...problems: Problem[]): TaskReading {
  return { kind: 'faulty', problems };
}

function atStart(message: string, remedy: string): Problem {
  return { message, remedy, file: TASK_FILE, line: 1, column: 1 };
}

/** UTF-8 text, or the first place that is not. */
function decode(bytes: Uint8Array): string | Problem {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const lossy = new TextDecoder('utf-8').decode(bytes);
    const before = lossy.slice(0, lossy.indexOf('\uFFFD'));
    return {
      message: 'not UTF-8 text',
      remedy: 'Save the file with encoding UTF-8.',
      file: TASK_FILE,
      line: before.split('\n').length,
      column: before.length - before.lastIndexOf('\n'),
    };
  }
}

/** Aliases are resolved only here, and may be broken or too many. */
function plainValue(
  read: () => unknown,
): { kind: 'plain'; value: unknown } | { kind: 'refused'; message: string } {
  try {
    return { kind: 'plain', value: read() };
  } catch (error) {
    return { kind: 'refused', message: error instanceof Error ? error.message : String(error) };
  }
}

const YAML_REMEDIES: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'Indent with spaces.',
  DUPLICATE_KEY: 'Keep one of the two.',
  BLOCK_AS_IMPLICIT_KEY: 'Put a text that contains ": " in quotes.',
  BAD_SCALAR_START: 'Put the text in quotes.',
  MISSING_CHAR: 'Close the quote.',
};

function yamlRemedy(code: string): string {
  return YAML_REMEDIES[code] ?? 'Mend the line; two spaces a level, "key: value".';
}
