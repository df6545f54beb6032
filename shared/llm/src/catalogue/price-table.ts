/**
 * List prices of OpenAI's own server for the models that people use most, standard tier, as published in June 2026.
 *
 * Source: https://github.com/BerriAI/litellm, `model_prices_and_context_window.json` at commit 00035b69, read on 23 November
 * 2026. Later models are left out: sources disagree about them. Whoever needs others, or newer prices, names that file
 * under `prices:` or writes `price:`; a call without a price is counted as such.
 */
import type { Price, Rates } from '../price.ts';

const SOURCE = 'the built-in table of OpenAI list prices, June 2026';

/** Input, cached input, output. */
type Row = readonly [input: number, cachedInput: number, output: number];

/** Above this many tokens of input the whole call has the other rates. */
const LONG = 272_000;

const TABLE: Readonly<Record<string, { readonly short: Row; readonly long?: Row }>> = {
  'gpt-5.5': { short: [5, 0.5, 30], long: [10, 1, 45] },
  'gpt-5.4': { short: [2.5, 0.25, 15], long: [5, 0.5, 22.5] },
  'gpt-5.4-mini': { short: [0.75, 0.075, 4.5] },
  'gpt-5.4-nano': { short: [0.2, 0.02, 1.25] },
  'gpt-5.2': { short: [1.75, 0.175, 14] },
  'gpt-5.1': { short: [1.25, 0.125, 10] },
  'gpt-5': { short: [1.25, 0.125, 10] },
};

/** The list price of one of OpenAI's models, dated names included; null for one that the table lacks. */
export function listPrice(model: string): Price | null {
  const row = TABLE[model] ?? TABLE[withoutDate(model)];
  if (row === undefined) return null;
  const long = row.long === undefined ? null : { ...ratesOf(row.long), aboveInputTokens: LONG };
  return { ...ratesOf(row.short), source: SOURCE, long };
}

/** `gpt-5.4-2026-03-05` is a state of `gpt-5.4`. */
export const withoutDate = (model: string) => model.replace(/-\d{4}-\d{2}-\d{2}$/, '');

function ratesOf([input, cachedInput, output]: Row): Rates {
  return { input, cachedInput, output };
}
