/** Derived data: what a script makes of the training data, once for all candidates of a run that ask for the same. */
import type { JobOutcome, RunId } from '@modelwright/contracts';

/** A name that everybody knows: the refit makes the same of all rows. */
export const DERIVE_SCRIPT = 'derive.py';

/** How often the same is begun anew after its end said nothing of the script. */
export const MOST_ATTEMPTS = 3;

/** The nth job that makes what the key names. */
export function deriveJobId(run: RunId, key: string, n: number): string {
  return `${run}_derive_${key.slice(0, 32)}_${n}`;
}

/**
 * Whether the end holds for everybody who asks for the same. A host that was lost says nothing of the script, nor does
 * another candidate's end; nor does a time-out of who had less time.
 *
 * @param seconds Of time that the script would have now.
 */
export function isVerdict(
  { end, wallSeconds }: Pick<JobOutcome, 'end' | 'wallSeconds'>,
  seconds: number,
): boolean {
  if (end === 'lost' || end === 'cancelled') return false;
  return end !== 'timed-out' || seconds <= wallSeconds + 1;
}
