/** Tries again what may succeed by itself in a moment: an index that is overloaded, a name that does not resolve. */

/** Before the second try and before the third: longer is not worth a slot. */
const PAUSES_MS = [2_000, 10_000];

/** The first answer that is not a passing failure, else the last one. `pause` ends early when nobody waits any more. */
export async function patiently<Answer>(
  ask: () => Promise<Answer>,
  isPassing: (answer: Answer) => boolean,
  pause: (milliseconds: number) => Promise<void>,
): Promise<Answer> {
  for (const milliseconds of PAUSES_MS) {
    const answer = await ask();
    if (!isPassing(answer)) return answer;
    await pause(milliseconds);
  }
  return await ask();
}
