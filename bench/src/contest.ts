/** One thing that is asked for, done by ours and by the raw client. */

/** Milliseconds that `count` of them took, and where it is known each. */
export interface Round {
  readonly count: number;
  readonly milliseconds: number;
  /** Empty where they overlap. */
  readonly each: readonly number[];
}

export interface Contest {
  readonly name: string;
  ours(): Promise<Round>;
  raw(): Promise<Round>;
}

/** Does `one` so many times, each after the other has ended. */
export async function oneByOne(count: number, one: (n: number) => Promise<unknown>): Promise<Round> {
  const each: number[] = [];
  const began = performance.now();
  for (let n = 0; n < count; n += 1) {
    const before = performance.now();
    await one(n);
    each.push(performance.now() - before);
  }
  return { count, milliseconds: performance.now() - began, each };
}

/** Does `one` so many times, at most `atOnce` of them under way. */
export async function windowed(
  count: number,
  atOnce: number,
  one: (n: number) => Promise<unknown>,
): Promise<Round> {
  let next = 0;
  const lane = async () => {
    while (next < count) {
      next += 1;
      await one(next);
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: atOnce }, lane));
  return { count, milliseconds: performance.now() - began, each: [] };
}
