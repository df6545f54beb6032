/** Searches over models that were truly trained, as `real_tasks.py` has left them. */
import { z } from 'zod';
import type { Runner, Search } from './contest.ts';

const evidence = z.tuple([z.number(), z.number()]);

const recordedSearch = z.object({
  task: z.string(),
  candidates: z.array(z.object({ worth: z.number(), cost: z.number() })),
  /** `hidden[i][j]`: improvement of i over j and its error; `again` with another seed of both. */
  hidden: z.array(z.array(evidence)),
  again: z.array(z.array(evidence)),
  oof: z.array(z.array(evidence)),
});
export const recordedSearches = z.array(recordedSearch);
export type RecordedSearch = z.infer<typeof recordedSearch>;

interface Candidate extends Runner {
  readonly at: number;
}

export function recorded({ candidates, hidden, again, oof }: RecordedSearch): Search<Candidate> {
  let made = 0;
  const of = (table: RecordedSearch['hidden'], one: Candidate, other: Candidate) => {
    const [improvement, standardError] = table[one.at]?.[other.at] ?? [0, 0];
    return { improvement, standardError };
  };
  return {
    size: candidates.length,
    next() {
      const at = made;
      made += 1;
      const { worth, cost } = candidates[at] ?? { worth: 0, cost: 1 };
      return { at, worth, cost };
    },
    compare: (one, other) => ({ hidden: of(hidden, one, other), oof: of(oof, one, other) }),
    again: (one, other) => ({ hidden: of(again, one, other), oof: of(oof, one, other) }),
  };
}
