/**
 * NaN and the infinities as one-entry maps, so that every body can be printed as JSON: `{"$float": "NaN"}`.
 *
 * A map of the user's that looks like a tag is wrapped once more: `{"$map": {"$float": …}}`.
 */
import { PermanentFailure } from '../failure.ts';

export const FLOAT = '$float';
export const MAP = '$map';

const BY_NAME = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);

export const tagNumber = (value: number): Record<string, string> => ({ [FLOAT]: String(value) });

export function untagNumber(name: unknown): number {
  const value = typeof name === 'string' ? BY_NAME.get(name) : undefined;
  if (value === undefined) throw new PermanentFailure('malformed-body', `A body holds an unknown ${FLOAT}.`);
  return value;
}

/** Whether the map has the shape of a tag, and so must be wrapped when it is none. */
export const looksLikeTag = (keys: readonly string[]) =>
  keys.length === 1 && (keys[0] === FLOAT || keys[0] === MAP);
