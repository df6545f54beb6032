/**
 * What calls of a model cost, in integer micro-USD.
 *
 * Rates are US dollars per million tokens, which is micro-USD per token. Sums are exact and rounded up once a call:
 * what is charged is never less than what was spent, and at most one millionth of a dollar more.
 */
import type { Usage } from '@modelwright/contracts';

/** US dollars per million tokens. */
export interface Rates {
  readonly input: number;
  /** Of input that the provider had in its cache. */
  readonly cachedInput: number;
  /** Of input that the provider put into its cache, where it charges that. Default: as other input. */
  readonly cacheWrite?: number;
  /** Reasoning included. */
  readonly output: number;
}

export interface Price extends Rates {
  /** Where it is from, for people: `modelwright.yaml`, a table and its date, a file. */
  readonly source: string;
  /** Some providers charge a whole call at other rates once its input is longer than this. */
  readonly long: (Rates & { readonly aboveInputTokens: number }) | null;
}

/** Counted once: cached tokens are part of the input, reasoning tokens of the output. */
export interface TokenCounts extends Pick<Usage, 'inputTokens' | 'cachedTokens' | 'outputTokens'> {
  /** Of the input: put into the cache. Where the provider does not say, all that was not read from it may have been. */
  readonly cacheWriteTokens?: number;
}

/**
 * What a call cost. The provider's own figure is believed before any table; but a zero where a price is known is what gateways
 * say that do not know it.
 * @param price Null where none is known: the call is counted as not priced.
 * @param statedUsd What the provider says it charged, in US dollars; null where it says nothing.
 */
export function costOf(
  tokens: TokenCounts,
  price: Price | null,
  statedUsd: number | null = null,
): Pick<Usage, 'microUsd' | 'priced'> {
  if (
    statedUsd !== null &&
    Number.isFinite(statedUsd) &&
    (statedUsd > 0 || (statedUsd === 0 && price === null))
  ) {
    return { microUsd: roundUp(picoUsd(statedUsd * 1e6)), priced: true };
  }
  if (price === null) return { microUsd: 0, priced: false };
  const rates = ratesFor(price, tokens.inputTokens);
  const cached = Math.min(tokens.cachedTokens, tokens.inputTokens);
  const fresh = tokens.inputTokens - cached;
  const written = Math.min(tokens.cacheWriteTokens ?? fresh, fresh);
  const sum =
    BigInt(fresh - written) * picoUsd(rates.input) +
    BigInt(written) * picoUsd(rates.cacheWrite ?? rates.input) +
    BigInt(cached) * picoUsd(rates.cachedInput) +
    BigInt(tokens.outputTokens) * picoUsd(rates.output);
  return { microUsd: roundUp(sum), priced: true };
}

/**
 * The most that a call of at most so many tokens can cost: at the dearest of the rates that may apply. 0 where no price is
 * known.
 */
export function mostCost(most: { inputTokens: number; outputTokens: number }, price: Price | null): number {
  if (price === null) return 0;
  const rates = [price, ...(price.long === null ? [] : [price.long])];
  const input = Math.max(...rates.flatMap((one) => [one.input, one.cachedInput, one.cacheWrite ?? 0]));
  const output = Math.max(...rates.map((one) => one.output));
  return roundUp(
    BigInt(Math.ceil(most.inputTokens)) * picoUsd(input) +
      BigInt(Math.ceil(most.outputTokens)) * picoUsd(output),
  );
}

function ratesFor(price: Price, inputTokens: number): Rates {
  return price.long !== null && inputTokens > price.long.aboveInputTokens ? price.long : price;
}

/** A rate as an integer, so that sums are exact: 0.125 USD per million tokens is 125,000 pico-USD per token. */
function picoUsd(rate: number): bigint {
  return BigInt(Math.round(rate * 1e6));
}

function roundUp(pico: bigint): number {
  return Number((pico + 999_999n) / 1_000_000n);
}
