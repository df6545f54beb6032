/** How much of a reply is kept. More than this is no answer but a model that does not stop. */

/** UTF-16 units of its text, and of the arguments of each call. */
export const MOST_TEXT = 500_000;
export const MOST_CALLS = 128;
/** Of a text that was too long this much is shown. */
const SHOWN = 20_000;

export function shortened(text: string): string {
  return text.slice(0, SHOWN);
}
