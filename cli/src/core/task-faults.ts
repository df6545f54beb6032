/** Faults of the schema, said as a person who wrote task.yaml would need to hear them. */
import type { task } from '@modelwright/contracts';
import { nearest } from './nearest.ts';
import type { Problem } from './problem.ts';
import { keyRemedy, meantKey } from './task-keys.ts';
import { type Position, type Positions, positionAt } from './task-positions.ts';

type Failed = Extract<ReturnType<typeof task.safeParse>, { success: false }>;
type Issue = Failed['error']['issues'][number];

export function taskFaults(
  file: string,
  value: unknown,
  issues: readonly Issue[],
  positions: Positions,
): Problem[] {
  const meant = new Set(issues.flatMap(meantPaths));
  return issues
    .flatMap((issue) => faultsOf(issue, value, positions))
    .filter((fault) => !(fault.missing && meant.has(fault.path)))
    .toSorted((a, b) => a.at.line - b.at.line || a.at.column - b.at.column)
    .map(({ message, remedy, at }) => ({ message, remedy, file, ...at }));
}

interface Fault {
  readonly path: string;
  readonly missing: boolean;
  readonly message: string;
  readonly remedy: string;
  readonly at: Position;
}

/** A mistyped key makes the key that was meant look missing: one fault is enough for both. */
function meantPaths(issue: Issue): string[] {
  if (issue.code !== 'unrecognized_keys') return [];
  const table = dotted(issue.path);
  return issue.keys.flatMap((key) => {
    const meant = meantKey(table, key);
    return meant === null ? [] : [table === '' ? meant : `${table}.${meant}`];
  });
}

function faultsOf(issue: Issue, value: unknown, positions: Positions): Fault[] {
  const path = dotted(issue.path);
  const fault = { path, missing: false, at: positionAt(positions, issue.path) };
  const written = valueAt(value, issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      ...fault,
      message: `unknown key "${key}"${path === '' ? '' : ` under "${path}"`}`,
      remedy: keyRemedy(path, key),
      at: positionAt(positions, [...issue.path, key]),
    }));
  }
  if (written === undefined) {
    return [{ ...fault, missing: true, message: `"${path}" is missing`, remedy: `Add ${exampleOf(path)}.` }];
  }
  if (issue.code === 'invalid_value') {
    return [{ ...fault, ...choiceFault(path, written, issue.values.map(String)) }];
  }
  if (issue.code === 'invalid_type') return [{ ...fault, ...typeFault(path, written, issue.expected) }];
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

function typeFault(path: string, written: unknown, expected: string) {
  const message = `${path}: ${wanted(expected)} is needed, it says ${shown(written)}`;
  if (expected === 'string' && (typeof written === 'number' || typeof written === 'boolean')) {
    return { message, remedy: `Write it in quotes: "${written}".` };
  }
  return { message, remedy: `Such as ${exampleOf(path)}.` };
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

const EXAMPLES: Readonly<Record<string, string>> = {
  version: 'version: 1',
  name: 'name: digits',
  description: 'description: Recognise the digit',
  data: 'data: {layout: table, train: train.csv, target: <column>}',
  'data.layout': 'layout: table (or pixels) under data',
  'data.train': 'train: train.csv under data',
  'data.target': 'target: <column> under data',
  'data.image': 'image: {height: 8, width: 8, channels: 1} under data',
  metric: 'metric: accuracy',
  'split.by': 'by: random (or stratified, group, time) under split',
  'budget.minutes': 'minutes: 10',
  'budget.candidates': 'candidates: 5',
  'budget.trials': 'trials: 3',
};

function exampleOf(path: string): string {
  return EXAMPLES[path] ?? `${path.split('.').at(-1) ?? path}: …`;
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
