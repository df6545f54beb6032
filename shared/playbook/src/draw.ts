/** Draws that are a function of a seed and a purpose, so that the same brief is always answered alike. */

/** The next number in [0, 1). */
export type Draw = () => number;

/** The generator mulberry32 (T. Ettinger, public domain), started from a hash of seed and purpose. */
export function drawing(seed: number, purpose: string): Draw {
  let state = hash(`${seed}/${purpose}`);
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of them; null of none. */
export function oneOf<Item>(items: readonly Item[], draw: Draw): Item | null {
  return items[Math.floor(draw() * items.length)] ?? null;
}

/** All of them in a drawn order. */
export function shuffled<Item>(items: readonly Item[], draw: Draw): Item[] {
  return items
    .map((item) => ({ item, place: draw() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value;
}
