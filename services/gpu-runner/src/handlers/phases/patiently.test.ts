import { describe, expect, test } from 'vitest';
import { patiently } from './patiently.ts';

/** What comes of asking for these answers one after the other, and how long was waited in between. */
async function asking(...answers: string[]) {
  const pauses: number[] = [];
  const left = [...answers];
  const answer = await patiently(
    () => Promise.resolve(left.shift() ?? 'asked too often'),
    (found) => found.startsWith('busy'),
    (milliseconds) => Promise.resolve(void pauses.push(milliseconds)),
  );
  return { answer, pauses };
}

describe('what fails for a passing reason', () => {
  test('is tried again after a while', async () => {
    expect(await asking('busy', 'there')).toEqual({ answer: 'there', pauses: [2000] });
  });

  test('is refused after three tries, with the last reason', async () => {
    expect(await asking('busy 1', 'busy 2', 'busy 3')).toEqual({ answer: 'busy 3', pauses: [2000, 10_000] });
  });

  test('is not tried again when the reason stays', async () => {
    expect(await asking('no such version')).toEqual({ answer: 'no such version', pauses: [] });
  });
});
