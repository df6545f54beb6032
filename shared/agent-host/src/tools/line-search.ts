/**
 * Lines that match a regular expression which a model wrote: some expressions take for ever on some lines, and nothing
 * else happens in a process meanwhile. So it runs under the clock of a context of its own, which ends it.
 */
import { createContext, Script } from 'node:vm';
import { z } from 'zod';

export class SearchTooSlow extends Error {
  override readonly name = 'SearchTooSlow';
}

export interface MatchingLine {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

const MOST_MS = 500;

const SEARCH = new Script(`
  const expression = new RegExp(source, flags);
  const found = [];
  for (const [index, text] of lines.entries()) {
    if (found.length < most && expression.test(text)) found.push(index);
  }
  JSON.stringify(found);
`);

/** It belongs to that other context, and so is no `Error` of this one. */
const isTimeout = z.looseObject({ code: z.literal('ERR_SCRIPT_EXECUTION_TIMEOUT') });

/** The first of them. @throws SearchTooSlow */
export function linesThatMatch({ source, flags }: RegExp, text: string, most: number): MatchingLine[] {
  const lines = text.split('\n');
  const context = createContext({ source, flags, lines, most });
  const found = z.array(z.int()).parse(JSON.parse(String(withinTime(context))));
  return found.map((index) => ({ line: index + 1, text: lines[index] ?? '' }));
}

function withinTime(context: object): unknown {
  try {
    return SEARCH.runInContext(context, { timeout: MOST_MS });
  } catch (error) {
    if (!isTimeout.safeParse(error).success) throw error;
    throw new SearchTooSlow(`the expression takes longer than ${MOST_MS} ms`, { cause: error });
  }
}
