/** What the aggregator finds on its desk. */
import type { CandidateSeat } from '@modelwright/agent-host';
import type { aggregatorWork } from '@modelwright/contracts';
import type { z } from 'zod';
import type { Harness } from './adapters/harness.ts';
import type { Scratch } from './adapters/scratch.ts';

export type AggregatorWork = z.infer<typeof aggregatorWork>;

export interface AggregatorSeat extends CandidateSeat<AggregatorWork> {
  readonly harness: Harness;
  readonly scratch: Scratch;
}
