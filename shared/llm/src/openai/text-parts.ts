/** Text in what a server sends: a string, or parts of which some are text; others are thoughts or pictures. */
import { z } from 'zod';

const part = z.object({ type: z.string().optional(), text: z.string().nullish() });

export const textOrParts = z.union([z.string(), z.array(part)]).transform((content) => {
  if (typeof content === 'string') return content;
  return content.map(({ type, text }) => (type === 'thinking' ? '' : (text ?? ''))).join('');
});

/**
 * Thoughts that a server left in the text: `<think>` at its beginning. They are no part of what was said, and would be sent
 * again with every further request. Without an end there is nothing but thoughts.
 */
export function withoutThoughts(text: string): string {
  const opened = /^\s*<think(?:ing)?>/.exec(text);
  if (opened === null) return text;
  const closed = /<\/think(?:ing)?>\s*/.exec(text);
  return closed === null ? '' : text.slice(closed.index + closed[0].length);
}
