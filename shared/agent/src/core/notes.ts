/** What an agent has noted for all others of the run: what it learned about the data. */
import type { TurnRecord } from '@modelwright/contracts';
import { z } from 'zod';
import { answeredCalls } from './answered-calls.ts';

/** The tool that notes. */
export const NOTE = 'note';

/** What the tool takes. */
export const noteArguments = z.object({
  text: z.string().trim().min(1).max(2000).describe('one finding, in a sentence or two, with its numbers'),
});

/** More than that nobody reads. */
const MOST_NOTES = 20;

/** Notes that were taken, the oldest first, each once. */
export function notesIn(transcript: readonly TurnRecord[]): string[] {
  const notes = answeredCalls(transcript)
    .filter(({ name, failed }) => name === NOTE && !failed)
    .map(({ arguments: text }) => noteArguments.parse(JSON.parse(text)).text.toWellFormed());
  return [...new Set(notes)].slice(0, MOST_NOTES);
}
