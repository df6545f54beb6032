/** Seeded draws, so that a failing moment can be played again. */

export interface Draws {
  /** In [0, 1). */
  next(): number;
  shuffle<Item>(items: readonly Item[]): Item[];
}

/** mulberry32, by Tommy Ettinger, in the public domain. */
export function draws(seed: number): Draws {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    shuffle(items) {
      return items
        .map((item) => ({ item, at: next() }))
        .sort((a, b) => a.at - b.at)
        .map(({ item }) => item);
    },
  };
}
