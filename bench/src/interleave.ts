/** Two contestants measured in turn, A B A B, so that what else the machine does hits both. */

export type Measure<Result> = () => Promise<Result>;

export interface Interleaved<Result> {
  readonly first: readonly Result[];
  readonly second: readonly Result[];
}

/** One round of each is run beforehand and thrown away: compilers and caches warm up in it. */
export async function interleave<Result>(
  rounds: number,
  first: Measure<Result>,
  second: Measure<Result>,
): Promise<Interleaved<Result>> {
  await first();
  await second();
  const results: { first: Result[]; second: Result[] } = { first: [], second: [] };
  for (let round = 0; round < rounds; round += 1) {
    results.first.push(await first());
    results.second.push(await second());
  }
  return results;
}
