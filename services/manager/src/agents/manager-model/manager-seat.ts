/** What the manager model finds on its desk: the whole run, to look at. */
import type { Seat } from '@modelwright/agent-host';
import type { managerWork } from '@modelwright/contracts';
import type { z } from 'zod';
import type { Scratch } from '../../adapters/scratch.ts';
import type { Candidate } from '../../core/candidate.ts';
import type { ReadHistory, RunHistory } from './run-history.ts';

export type ManagerWork = z.infer<typeof managerWork>;

export interface ManagerSeat extends Seat<ManagerWork> {
  readonly history: ReadHistory;
  readonly scratch: Scratch;
}

/** The candidate, or a sentence that says which there are. */
export function candidateIn({ candidates }: RunHistory, id: string): Candidate | string {
  return candidates[id] ?? `there is no candidate ${id}; there are ${Object.keys(candidates).join(', ')}`;
}
