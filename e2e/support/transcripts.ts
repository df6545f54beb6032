/** The transcripts of a run's assignments, and what they say was paid. */
import type { Bus } from '@modelwright/bus';
import { PREFIX, type TurnRecord, turnRecord } from '@modelwright/contracts';

export interface Transcript {
  /** The assignment's id. */
  readonly assignment: string;
  readonly records: readonly TurnRecord[];
}

export async function transcriptsOf(bus: Bus, run: string): Promise<Transcript[]> {
  const stored = await bus.streams.read('TURNS', `${PREFIX}.turn.${run}.>`, turnRecord);
  const bySubject = Map.groupBy(stored, ({ subject }) => subject);
  return [...bySubject].map(([subject, records]) => ({
    assignment: subject.split('.').at(-1) ?? '',
    records: records.map(({ body }) => body),
  }));
}

export const repliesOf = ({ records }: Transcript) =>
  records.flatMap((record) => (record.type === 'reply' ? [record] : []));

/** Micro-USD: answers at their price, what was never answered at its ceiling. Counted anew, not read from a sum. */
export function chargeOf({ records }: Transcript): number {
  let open = 0;
  let paid = 0;
  for (const record of records) {
    if (record.type === 'intent') {
      paid += open;
      open = record.ceilingMicroUsd;
    } else if (closes(record)) {
      paid += record.type === 'unanswered' ? record.microUsd : (record.usage?.microUsd ?? 0);
      open = 0;
    }
  }
  return paid + open;
}

type Closing = Extract<TurnRecord, { type: 'reply' | 'unanswered' | 'condensed' }>;

/** What was condensed without a model closes nothing. */
function closes(record: TurnRecord): record is Closing {
  if (record.type === 'condensed') return record.usage !== null;
  return record.type === 'reply' || record.type === 'unanswered';
}
