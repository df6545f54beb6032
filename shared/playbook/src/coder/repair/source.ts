/** Files of the candidate as a repair sees them. */
import type { Answer } from '../../answer.ts';
import { PROGRAM } from '../intent.ts';
import type { Knowledge } from '../knowledge.ts';
import { read } from './edit.ts';
import type { Fault, Place } from './fault.ts';

export interface Source {
  readonly path: string;
  readonly text: string;
}

/** Goes on with the file's text, once it has been read; null when it cannot be. */
export function inFile(
  { path, why }: { path: string; why: string },
  knowledge: Knowledge,
  then: (source: Source) => Answer | null,
): Answer | null {
  const text = knowledge.files.get(path);
  if (text === undefined) return read(path, why);
  return text === null ? null : then({ path, text });
}

/** Where the fault shows in the program that the coder wrote. */
export function placeInProgram({ places }: Fault): Place | null {
  return places.findLast(({ path }) => path === PROGRAM) ?? null;
}

export function said({ error, message }: Fault): string {
  return message === '' ? `${error}.` : `${error}: ${message}.`;
}

export function lineOf({ text }: Source, number: number): string | null {
  return text.split('\n')[number - 1] ?? null;
}

export function wordsIn(text: string): string[] {
  return [...new Set(text.match(/[A-Za-z_]\w*/g) ?? [])];
}

/** Columns by which a line is indented. */
export function indent(line: string): number {
  return line.length - line.trimStart().length;
}
