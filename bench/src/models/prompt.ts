/** What contestants ask: of the length that our roles have. */
import { z } from 'zod';

export const SYSTEM = 'You look at numbers, one after the other, and say what you see. '.repeat(60);
export const BRIEF = 'A number is a number, and here is one more to look at. '.repeat(200);
export const MOST_OUTPUT_TOKENS = 1000;
export const CONTEXT_TOKENS = 200_000;

export const lookArguments = z.object({ at: z.int() });

export const TOOLS = [
  { name: 'look', description: 'Looks at one number.', args: lookArguments },
  { name: 'finish', description: 'Ends the work.', args: z.object({}) },
] as const;

/** What a look shows. */
export const seen = (at: number) => `The number at ${at} is ${at * at}.`;
