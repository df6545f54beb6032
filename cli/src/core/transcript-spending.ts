/** What an assignment has spent by now, from its transcript: what its final message will say, before it is there. */
import {
  type ModelSpending,
  NOTHING_SPENT,
  type Spent,
  type TurnRecord,
  type Usage,
} from '@modelwright/contracts';
import { addSpending, NO_SPENDING } from './money-view.ts';

/** A question that has no answer yet counts at its ceiling, without a model: who will answer is not known. */
export function spendingOf(transcript: readonly TurnRecord[]): Spent {
  let spent = NOTHING_SPENT;
  let asked = 0;
  for (const record of transcript) {
    switch (record.type) {
      case 'finished':
        return record.final.spent;
      case 'intent':
        // One that came before and was never closed stays charged.
        spent = { ...spent, microUsd: spent.microUsd + asked };
        asked = record.ceilingMicroUsd;
        break;
      case 'reply':
        spent = { ...charged(spent, record.model, ofUsage(record.usage)), turns: spent.turns + 1 };
        asked = 0;
        break;
      case 'unanswered':
        spent = charged(spent, record.model, { ...NO_SPENDING, calls: 1, microUsd: record.microUsd });
        asked = 0;
        break;
      case 'condensed':
        if (record.usage === null) break;
        spent = charged(spent, record.model, ofUsage(record.usage));
        asked = 0;
        break;
      case 'taken':
      case 'parked':
      case 'result':
        break;
    }
  }
  return { ...spent, microUsd: spent.microUsd + asked };
}

function charged(spent: Spent, model: string, spending: ModelSpending): Spent {
  const byModel = { ...spent.byModel, [model]: addSpending(spent.byModel[model] ?? NO_SPENDING, spending) };
  return { ...spent, microUsd: spent.microUsd + spending.microUsd, byModel };
}

export function ofUsage({ priced, ...usage }: Usage): ModelSpending {
  return { ...usage, calls: 1, unpricedCalls: priced ? 0 : 1 };
}
