/** Values of options, parsed once. */
import { InvalidArgumentError } from 'commander';

/** A whole number of at least `least`. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && Number.isSafeInteger(value)) return value;
    throw new InvalidArgumentError(`A whole number of at least ${least} is needed.`);
  };
}

/** A number greater than 0. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('A number greater than 0 is needed.');
}

/** An amount of at least 0, in US dollars. */
export function dollars(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value;
  throw new InvalidArgumentError('An amount of US dollars is needed, such as 20 or 0.5.');
}

export function portNumber(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= 65535) return value;
  throw new InvalidArgumentError('A port between 1 and 65535 is needed.');
}
