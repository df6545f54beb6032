/**
 * When nothing more can be granted and nothing that was granted can come back, the run does what the user chose: it finishes
 * with what it has, the playbook completing what is begun, or pauses and asks.
 */
import { FLOOR, isSettled } from '../candidate.ts';
import { spentOf } from '../ledger.ts';
import { roomFor } from '../portfolio.ts';
import { isSpent } from '../purse.ts';
import type { OpenRun } from '../run-state.ts';
import { step } from '../step.ts';
import { isPlayedByModels } from '../terms.ts';
import { searchDeadline } from '../time.ts';
import type { Rule } from './rule.ts';
import { moneyText, tokensOf } from './warn-money.ts';

export const meetCap: Rule = (run, now) => {
  if (run.phase.name !== 'searching' || run.stopped !== null || run.ledger.paused) return null;
  if (!wantsMoney(run) || !isSpent(run)) return null;
  const { ledger, submitted } = run;
  const reason = `what models may cost is used up (${moneyText(ledger)})`;
  if (submitted.budget.onCap === 'finish' || now >= searchDeadline(run))
    return step(`the search is stopped: ${reason}`, [{ type: 'search-stopped', reason }]);
  return step(`${reason}; the run waits for more: modelwright resume ${submitted.run} --budget-usd N`, [
    {
      type: 'money-paused',
      spentMicroUsd: spentOf(ledger).microUsd,
      capMicroUsd: ledger.capMicroUsd,
      ...tokensOf(ledger),
    },
  ]);
};

/** Somebody who costs has something to do. */
function wantsMoney(run: OpenRun): boolean {
  const paid = (['designer', 'coder', 'tuner'] as const).some((role) => isPlayedByModels(run, role));
  const begun = Object.values(run.candidates).some((one) => one.id !== FLOOR && !isSettled(one));
  return paid && (roomFor(run) > 0 || begun);
}
