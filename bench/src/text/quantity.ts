/** Numbers as a person reads them. Pure. */
import type { Spread } from '../statistics.ts';

/** At most three digits that say something: `12,300`, `45.6`, `0.789`. */
export function short(value: number): string {
  const size = Math.abs(value);
  const decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  return value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

export const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
export const mebibytes = (bytes: number) => short(bytes / 2 ** 20);
export const seconds = (milliseconds: number) => short(milliseconds / 1000);

/** `median [min, max]`; a dash for none. */
export function withRange(spread: Spread | null, show: (value: number) => string = short): string {
  return spread === null ? '-' : `${show(spread.median)} [${show(spread.min)}, ${show(spread.max)}]`;
}
