/** What to do, at the start, with a job folder that an earlier process of this runner left. */
import type { Claim } from '@modelwright/contracts';
import type { JobState } from './job-state.ts';
import type { Holder } from './retry.ts';

/** What the folder of the attempt says, after sweeping up behind a killed supervisor. */
export type Found =
  /** Nothing was started yet. */
  | 'untouched'
  | 'running'
  /** There is an exit record, `lost` included. */
  | 'ended';

export type Adoption =
  /** Take the claim again as `claim` says, then go on from this state. */
  | { readonly kind: 'go-on'; readonly claim: Claim; readonly from: JobState; readonly reason: string }
  /** End the program, if it runs, and remove the folder: the job is not ours any more. */
  | { readonly kind: 'drop'; readonly reason: string };

export function adopt(found: Found, attempt: number, claim: Claim | null, me: Holder): Adoption {
  if (claim === null) return { kind: 'drop', reason: 'nobody claims it any more' };
  if (claim.state === 'released') return { kind: 'drop', reason: 'it was given back' };
  if (claim.state === 'closed') return { kind: 'drop', reason: 'it was finished' };
  if (claim.runner !== me.runner || claim.attempt < attempt) {
    return { kind: 'drop', reason: `attempt ${claim.attempt} is with runner ${claim.runner}` };
  }
  const mine = { ...claim, process: me.process };
  if (claim.attempt > attempt || found === 'untouched') {
    const from: JobState = { phase: 'fetching', attempt: claim.attempt };
    return { kind: 'go-on', claim: mine, from, reason: `attempt ${claim.attempt} had not been started` };
  }
  const reason = found === 'running' ? 'it is still running' : 'it ended meanwhile';
  return { kind: 'go-on', claim: mine, from: { phase: 'running', attempt }, reason };
}
