/** The user says what models may cost altogether. It is never less than what is spent and promised already. */
import type { InboxMessage } from '@modelwright/contracts';
import { raised } from '../ledger.ts';
import type { OpenRun } from '../run-state.ts';
import { NOTHING, type Step, step } from '../step.ts';

export function onBudgetRaised(
  { ledger }: OpenRun,
  { microUsd, tokens }: Extract<InboxMessage, { type: 'budget-raised' }>,
): Step {
  const next = raised(ledger, microUsd, tokens ?? null);
  if (next.capMicroUsd === ledger.capMicroUsd && next.capTokens === ledger.capTokens) return NOTHING;
  const limit = next.capTokens === null ? '' : ` and ${next.capTokens} tokens`;
  return step(`models may cost $${(next.capMicroUsd / 1e6).toFixed(2)}${limit} in this run`, [
    {
      type: 'budget-raised',
      microUsd: next.capMicroUsd,
      ...(next.capTokens === null ? {} : { tokens: next.capTokens }),
    },
  ]);
}
