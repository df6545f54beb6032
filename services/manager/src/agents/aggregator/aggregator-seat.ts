/** What the aggregator finds on its desk. */
import { type CandidateSeat, judgedData, type OofScores } from '@modelwright/agent-host';
import type { aggregatorWork, Score, TreeRef } from '@modelwright/contracts';
import type { z } from 'zod';
import type { Harness } from '../../adapters/harness.ts';
import type { Scratch } from '../../adapters/scratch.ts';

export type AggregatorWork = z.infer<typeof aggregatorWork>;

export interface AggregatorSeat extends CandidateSeat<AggregatorWork> {
  readonly harness: Pick<Harness, 'blend'>;
  readonly scores: OofScores;
  readonly scratch: Scratch;
}

/** Out-of-fold score of an output; null when it holds none that can be scored. */
export async function oofOf({ scores, work }: AggregatorSeat, output: TreeRef): Promise<Score | null> {
  return (await scores.of(judgedData(work.data), output)).score;
}
