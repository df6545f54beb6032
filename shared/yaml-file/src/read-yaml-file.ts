/** Reads a YAML file by a schema: bytes in, its value or every fault with its line and column out. */
import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { faultsOf } from './faults.ts';
import { type Positions, positionsOf } from './positions.ts';
import type { Tables } from './tables.ts';

/** What is wrong, where, and what to do next. `line` and `column` count from 1. */
export interface YamlFault {
  readonly message: string;
  readonly remedy: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What a file has to be. */
export interface YamlForm<Value> {
  /** Its name in faults. */
  readonly file: string;
  readonly schema: z.ZodType<Value>;
  readonly tables: Tables;
  /** How a key is written, by its dotted path, for whoever left it out. */
  readonly examples: Readonly<Record<string, string>>;
  /** What to begin with, for whoever has written nothing. */
  readonly beginning: string;
}

export type YamlReading<Value> =
  | { readonly kind: 'read'; readonly value: Value; readonly positions: Positions }
  | { readonly kind: 'faulty'; readonly faults: readonly YamlFault[] };

export function readYamlFile<Value>(bytes: Uint8Array, form: YamlForm<Value>): YamlReading<Value> {
  const decoded = decode(bytes, form.file);
  if (typeof decoded !== 'string') return faulty(decoded);
  const lines = new LineCounter();
  const document = parseDocument(decoded, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  if (document.errors.length > 0) {
    return faulty(
      ...document.errors.map((error) => {
        const { line, col } = lines.linePos(error.pos[0]);
        const message = `not readable as YAML: ${error.message}`;
        return { message, remedy: yamlRemedy(error.code), file: form.file, line, column: col };
      }),
    );
  }
  const atStart = { file: form.file, line: 1, column: 1 };
  const plain = plainValue(() => document.toJS({ maxAliasCount: 50 }));
  if (plain.kind === 'refused') {
    const remedy = 'Write the value out in place of the alias.';
    return faulty({ message: plain.message, remedy, ...atStart });
  }
  if (typeof plain.value !== 'object' || plain.value === null || Array.isArray(plain.value)) {
    return faulty({ message: 'holds no keys', remedy: form.beginning, ...atStart });
  }
  const positions = positionsOf(document.contents, lines);
  const parsed = form.schema.safeParse(plain.value);
  return parsed.success
    ? { kind: 'read', value: parsed.data, positions }
    : faulty(...faultsOf(form, plain.value, parsed.error.issues, positions));
}

function faulty(...faults: YamlFault[]): { kind: 'faulty'; faults: readonly YamlFault[] } {
  return { kind: 'faulty', faults };
}

/** UTF-8 text, or the first place that is not. */
function decode(bytes: Uint8Array, file: string): string | YamlFault {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const lossy = new TextDecoder('utf-8').decode(bytes);
    const before = lossy.slice(0, lossy.indexOf('\uFFFD'));
    return {
      message: 'not UTF-8 text',
      remedy: 'Save the file with encoding UTF-8.',
      file,
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
