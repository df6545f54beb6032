/** How long a training may take. */

/** Kept free after a training, for its score and the hand-over, seconds. */
const AFTERWARDS = 5;
/** A training shorter than that is not worth its start. */
const LEAST = 2;
const PROBE_AT_LEAST = 10;

/** Null when the time left is too short for any training. */
export function trainingSeconds(asked: number | undefined, most: number, left: number): number | null {
  const seconds = Math.min(asked ?? most, most, left - AFTERWARDS);
  return seconds < LEAST ? null : seconds;
}

/** A short probe has a fifth of a training's time, and not less than is worth a look. */
export function probeSeconds(asked: number | undefined, most: number, left: number): number | null {
  return trainingSeconds(asked ?? Math.max(most / 5, PROBE_AT_LEAST), most, left);
}

/** Of a rehearsal on a hundred rows. */
export const SMOKE_SECONDS = 60;

/** When the runner ends it: programs plan with the budget, and starting and saving come on top. */
export function wallSeconds(budget: number): number {
  return Math.ceil(budget * 1.5 + 60);
}
