/** Seeds derived from the run's, so that the same work draws the same numbers whenever and wherever it is done. */

/** FNV-1a over the text, mixed with the seed; an integer in [0, 2^31). */
export function deriveSeed(seed: number, name: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (const character of name) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return hash >>> 1;
}
