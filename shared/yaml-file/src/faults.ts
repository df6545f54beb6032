/** Faults of a schema, said as the person who wrote the file would need to hear them. */
import type { z } from 'zod';
import { nearest } from './nearest.ts';
import { type Position, type Positions, positionAt } from './positions.ts';
import type { YamlFault, YamlForm } from './read-yaml-file.ts';
import { keyRemedy, meantKey, type Tables } from './tables.ts';

type Form = Pick<YamlForm<unknown>, 'file' | 'tables' | 'examples'>;
type Issue = z.core.$ZodIssue;

export function faultsOf(
  form: Form,
  value: unknown,
  issues: readonly Issue[],
  positions: Positions,
): YamlFault[] {
  const meant = new Set(issues.flatMap((issue) => meantPaths(form.tables, issue)));
  return issues
    .flatMap((issue) => faultsIn(form, issue, value, positions))
    .filter((fault) => !(fault.missing && meant.has(fault.path)))
    .toSorted((a, b) => a.at.line - b.at.line || a.at.column - b.at.column)
    .map(({ message, remedy, at }) => ({ message, remedy, file: form.file, ...at }));
}

interface Fault {
  readonly path: string;
  readonly missing: boolean;
  readonly message: string;
  readonly remedy: string;
  readonly at: Position;
}

/** A mistyped key makes the key that was meant look missing: one fault is enough for both. */
function meantPaths(tables: Tables, issue: Issue): string[] {
  if (issue.code !== 'unrecognized_keys') return [];
  const table = dotted(issue.path);
  return issue.keys.flatMap((key) => {
    const meant = meantKey(tables, table, key);
    return meant === null ? [] : [table === '' ? meant : `${table}.${meant}`];
  });
}

function faultsIn(form: Form, issue: Issue, value: unknown, positions: Positions): Fault[] {
  const path = dotted(issue.path);
  const fault = { path, missing: false, at: positionAt(positions, issue.path) };
  const written = valueAt(value, issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      ...fault,
      message: `unknown key "${key}"${path === '' ? '' : ` under "${path}"`}`,
      remedy: keyRemedy(form.tables, path, key),
      at: positionAt(positions, [...issue.path, key]),
    }));
  }
  if (written === undefined) {
    return [
      { ...fault, missing: true, message: `"${path}" is missing`, remedy: `Add ${exampleOf(form, path)}.` },
    ];
  }
  const [first] = issue.code === 'invalid_union' ? (issue.errors[0] ?? []) : [];
  if (first !== undefined) {
    // Said of the form that comes first: the one that people mean.
    return faultsIn(form, { ...first, path: [...issue.path, ...first.path] }, value, positions);
  }
  if (issue.code === 'invalid_value') {
    return [{ ...fault, ...choiceFault(path, written, issue.values.map(String)) }];
  }
  if (issue.code === 'invalid_type') return [{ ...fault, ...typeFault(form, path, written, issue.expected) }];
  return [
    { ...fault, message: `${path}: ${lowerFirst(issue.message)}`, remedy: `It says ${shown(written)}.` },
  ];
}

function choiceFault(path: string, written: unknown, values: readonly string[]) {
  const near = typeof written === 'string' ? nearest(written, values) : null;
  return {
    message: `${path}: ${shown(written)} is not known`,
    remedy: `${near === null ? '' : `Did you mean ${near}? `}Known: ${values.join(', ')}.`,
  };
}

function typeFault(form: Form, path: string, written: unknown, expected: string) {
  const message = `${path}: ${wanted(expected)} is needed, it says ${shown(written)}`;
  if (expected === 'string' && (typeof written === 'number' || typeof written === 'boolean')) {
    return { message, remedy: `Write it in quotes: "${written}".` };
  }
  return { message, remedy: `Such as ${exampleOf(form, path)}.` };
}

const WANTED: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  object: 'a table of keys',
  record: 'a table of keys',
};

const wanted = (expected: string) => WANTED[expected] ?? expected;

function exampleOf({ examples }: Form, path: string): string {
  return examples[path] ?? `${path.split('.').at(-1) ?? path}: …`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

const dotted = (path: readonly PropertyKey[]) => path.map(String).join('.');
const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let current = value;
  for (const key of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = Reflect.get(current, key);
  }
  return current;
}
