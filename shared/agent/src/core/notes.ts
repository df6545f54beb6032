/** What an agent has noted for all others of the run: what it learned about the data. */
import type { TurnRecord } from '@modelwright/contracts';
import { z } from 'zod';
import { answeredCalls } from './answered-calls.ts';

/** The tool that notes. */
export const NOTE = 'note';

/** What the tool takes. */
export const noteArguments = z.object({
  text: z.string().trim().min(1).max(2000).describe('one finding, in a sentence or two, with its numbers'),
  replaces: z
    .int()
    .positive()
    .optional()
    .describe('number of an earlier note of yours that this one corrects'),
});

/** More than that nobody reads. */
const MOST_NOTES = 20;

/** Notes that were taken, the oldest first, each once; those that a later one replaces are left out. */
export function notesIn(transcript: readonly TurnRecord[]): string[] {
  const notes = notesTaken(transcript);
  const replaced = new Set(notes.map(({ replaces }) => replaces));
  const left = notes.filter((_note, place) => !replaced.has(place + 1));
  return [...new Set(left.map(({ text }) => text.toWellFormed()))].slice(0, MOST_NOTES);
}

/** All, in their order: the first has number 1. */
export function notesTaken(transcript: readonly TurnRecord[]): z.output<typeof noteArguments>[] {
  return answeredCalls(transcript)
    .filter(({ name, failed }) => name === NOTE && !failed)
    .map(({ arguments: text }) => noteArguments.parse(JSON.parse(text)));
}
