/**
 * What to do with a job that was delivered: the one place that says who may execute it.
 *
 *   outcome known ─► repeat its notification      claim of ours ─► attach to the running one, or go on
 *   cancelled     ─► outcome `cancelled`          claim of another: alive ─► later, lost ─► take over or give up
 *   no claim      ─► claim it                     given back ─► claim it
 *                                                 closed without an outcome ─► outcome `lost`: it was given up
 */
import type { Claim, Job, JobControl, JobOutcome, RunControl, Worker } from '@modelwright/contracts';
import { type HostState, hostState, type Sighting } from './host-state.ts';
import { afterGivenBack, firstClaim, type Holder, nextAttempt } from './retry.ts';

export interface AdmissionFacts {
  readonly job: Job;
  readonly me: Holder;
  readonly now: number;
  readonly adoptionWindowMs: number;
  /** What RESULTS holds for the job. */
  readonly outcome: JobOutcome | null;
  readonly runControl: RunControl | null;
  readonly jobControl: JobControl | null;
  readonly claim: { readonly value: Claim; readonly revision: number } | null;
  /** Whether this process has the job in hand. */
  readonly inHand: boolean;
  /** The claim's holder, when that is another runner. */
  readonly holder: { readonly worker: Worker | null; readonly sighting: Sighting } | null;
}

export type Admission =
  | { readonly kind: 'repeat'; readonly outcome: JobOutcome; readonly reason: string }
  | { readonly kind: 'attach'; readonly reason: string }
  /** Write `claim`: `revision` null means that none may exist. Then execute. */
  | {
      readonly kind: 'claim';
      readonly claim: Claim;
      readonly revision: number | null;
      readonly reason: string;
    }
  | { readonly kind: 'later'; readonly delayMs: number; readonly reason: string }
  /** Close it without executing: first take the claim as `claim` says, then report this end. */
  | {
      readonly kind: 'close';
      readonly end: 'cancelled' | 'lost';
      readonly claim: Claim;
      readonly revision: number | null;
      readonly reason: string;
    };

const LONGEST_DELAY_MS = 30_000;
const SHORTEST_DELAY_MS = 1_000;

export function admit(facts: AdmissionFacts): Admission {
  if (facts.outcome !== null) {
    return { kind: 'repeat', outcome: facts.outcome, reason: `it has ended before: ${facts.outcome.end}` };
  }
  if (facts.inHand) return { kind: 'attach', reason: 'this runner has it in hand' };
  const unwanted = whyUnwanted(facts.runControl, facts.jobControl);
  if (facts.claim === null) return unclaimed(facts, unwanted);
  const { value, revision } = facts.claim;
  if (value.state === 'released') return givenBack(facts, { value, revision }, unwanted);
  if (value.state === 'closed') return givenUp(facts.me, { value, revision }, unwanted);
  if (value.runner === facts.me.runner) {
    // Its folder would have been adopted at the start: there is none, so the attempt is lost.
    return again(facts, { claim: value, revision, cause: 'this runner lost its files', unwanted });
  }
  const state = stateOfHolder(facts);
  if (state.kind === 'lost') {
    const cause = `runner ${value.runner} has been silent for ${Math.round(state.silentMs / 1000)} s`;
    return again(facts, { claim: value, revision, cause, unwanted });
  }
  return later(value.runner, state, facts.adoptionWindowMs);
}

/** Why a job is not to be executed; null when it is. */
export function whyUnwanted(run: RunControl | null, job: JobControl | null): string | null {
  if (job !== null) return job.reason;
  if (run === null || run.state === 'open') return null;
  return run.state === 'cancelled'
    ? `the run was cancelled: ${run.reason}`
    : `the run is closed: ${run.reason}`;
}

function unclaimed(facts: AdmissionFacts, unwanted: string | null): Admission {
  const claim = firstClaim(facts.job, facts.me, facts.now);
  if (unwanted !== null) return { kind: 'close', end: 'cancelled', claim, revision: null, reason: unwanted };
  return { kind: 'claim', claim, revision: null, reason: 'nobody has it' };
}

function givenBack(
  { me, now }: AdmissionFacts,
  { value, revision }: { value: Claim; revision: number },
  unwanted: string | null,
): Admission {
  const claim = afterGivenBack(value, me, now);
  if (unwanted !== null) return { kind: 'close', end: 'cancelled', claim, revision, reason: unwanted };
  return { kind: 'claim', claim, revision, reason: `runner ${value.runner} has given it back` };
}

/** Its runner could not even report it. What did that to one runner is not given to the next. */
function givenUp(
  me: Holder,
  { value, revision }: { value: Claim; revision: number },
  unwanted: string | null,
): Admission {
  const claim: Claim = { ...value, runner: me.runner, process: me.process, state: 'held' };
  const reason = unwanted ?? `runner ${value.runner} has given it up without an outcome`;
  return { kind: 'close', end: unwanted === null ? 'lost' : 'cancelled', claim, revision, reason };
}

function again(
  facts: AdmissionFacts,
  lost: { claim: Claim; revision: number; cause: string; unwanted: string | null },
): Admission {
  const { claim, revision } = lost;
  const retry = nextAttempt(claim, lost.cause, facts.me, facts.now);
  const mine: Claim = { ...claim, runner: facts.me.runner, process: facts.me.process, state: 'held' };
  if (lost.unwanted !== null) {
    return { kind: 'close', end: 'cancelled', claim: mine, revision, reason: lost.unwanted };
  }
  if (retry.kind === 'give-up')
    return { kind: 'close', end: 'lost', claim: mine, revision, reason: retry.reason };
  return { kind: 'claim', claim: retry.claim, revision, reason: retry.reason };
}

function stateOfHolder({ holder, now, adoptionWindowMs }: AdmissionFacts): HostState {
  if (holder === null) return { kind: 'silent', remainingMs: adoptionWindowMs };
  return hostState(holder.worker, holder.sighting, now, adoptionWindowMs);
}

function later(runner: string, state: Exclude<HostState, { kind: 'lost' }>, windowMs: number): Admission {
  const [wanted, reason] =
    state.kind === 'alive'
      ? [windowMs / 4, `runner ${runner} executes it`]
      : [
          state.remainingMs,
          `runner ${runner} is silent; it may come back within ${Math.ceil(state.remainingMs / 1000)} s`,
        ];
  return { kind: 'later', delayMs: Math.min(LONGEST_DELAY_MS, Math.max(SHORTEST_DELAY_MS, wanted)), reason };
}
