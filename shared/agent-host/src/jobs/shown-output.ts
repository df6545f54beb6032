/** What is shown of long output: its two ends, so that it fits into a conversation. */

/** Characters of each end. */
const END = 5000;

/** @param rest Where the rest can be had, as the end of a sentence. */
export function bothEnds(text: string, rest: string): string {
  if (text.length <= 2 * END) return text;
  const left = text.length - 2 * END;
  return `${text.slice(0, END)}\n[${left} of ${text.length} characters left out: ${rest}]\n${text.slice(-END)}`;
}
