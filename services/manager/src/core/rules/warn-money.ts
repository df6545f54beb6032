import { type Ledger, spentOf, spentShare } from '../ledger.ts';
import { step } from '../step.ts';
import type { Rule } from './rule.ts';

const WARNED_FROM = 0.8;

export const warnMoney: Rule = ({ ledger }) =>
  ledger.warned || spentShare(ledger) < WARNED_FROM
    ? null
    : step(`${WARNED_FROM * 100} % of what models may cost is spent (${moneyText(ledger)})`, [
        {
          type: 'money-warned',
          spentMicroUsd: spentOf(ledger).microUsd,
          capMicroUsd: ledger.capMicroUsd,
          ...tokensOf(ledger),
        },
      ]);

export function moneyText(ledger: Ledger): string {
  const { microUsd, tokens } = spentOf(ledger);
  const { capMicroUsd, capTokens } = ledger;
  const usd = (micro: number) => `$${(micro / 1e6).toFixed(2)}`;
  const money = `${usd(microUsd)} of ${usd(capMicroUsd)}`;
  return capTokens === null ? money : `${money}, ${tokens} of ${capTokens} tokens`;
}

export function tokensOf(ledger: Ledger): { tokens?: { spent: number; cap: number } } {
  const { capTokens } = ledger;
  return capTokens === null ? {} : { tokens: { spent: spentOf(ledger).tokens, cap: capTokens } };
}
