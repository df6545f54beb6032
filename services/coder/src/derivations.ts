/**
 * What a candidate's `derive.py` makes of the training data.
 *
 * The key is made of all that the result depends on: the data's manifest, the script with the kit, and the environment.
 * It names the job, so that the same is made once in a run: who asks second finds the first one's outcome, or waits for
 * the same job. The rest of the candidate is kept from the script, and the seed is the same for all.
 */
import { createHash } from 'node:crypto';
import { agentJob } from '@modelwright/agent-host';
import type { Job, JobOutcome, TreeRef } from '@modelwright/contracts';
import type { CoderSeat } from './coder.ts';
import { DERIVE_SCRIPT, deriveJobId, isVerdict, MOST_ATTEMPTS } from './core/derivation.ts';

const SEED = '0';

export interface Derivation {
  readonly key: string;
  /** The script and the kit. */
  readonly code: TreeRef;
}

/** Of the candidate as it stands; null where it has no script, or an empty one. */
export async function derivationOf({ tree, store, work }: CoderSeat): Promise<Derivation | null> {
  const files = await tree.files();
  const script = await files.readText(DERIVE_SCRIPT);
  if (script.kind !== 'text' || script.text.trim() === '') return null;
  const stored = await store.putTree('artifacts', files.folder, { exclude: isOfTheRest });
  const code = { kind: stored.kind, store: stored.store, sha256: stored.sha256, size: stored.size };
  const environment = tree.environment?.kind === 'requirements' ? tree.environment.text : null;
  const parts = JSON.stringify([work.data.datasets.train.sha256, code.sha256, environment]);
  return { key: createHash('sha256').update(parts).digest('hex'), code };
}

export type Derived =
  /** The job that makes it, or will when it is submitted. */
  | { readonly kind: 'to-be-made'; readonly job: Job }
  | { readonly kind: 'ended'; readonly outcome: JobOutcome };

/** What has become of it so far, whoever asked for it. */
export async function lookFor(seat: CoderSeat, wanted: Derivation, seconds: number): Promise<Derived> {
  const { assignment, jobs } = seat;
  for (let n = 1; ; n++) {
    const id = deriveJobId(assignment.run, wanted.key, n);
    const outcome = await jobs.outcome(id);
    if (outcome === null) return { kind: 'to-be-made', job: deriveJob(seat, wanted, { id, seconds }) };
    if (n >= MOST_ATTEMPTS || isVerdict(outcome, seconds)) return { kind: 'ended', outcome };
  }
}

/** Whether the version's derived data are what its script, as it stands, makes. */
export async function isUpToDate(seat: CoderSeat, wanted: Derivation, derived: TreeRef): Promise<boolean> {
  for (let n = 1; n <= MOST_ATTEMPTS; n++) {
    const outcome = await seat.jobs.outcome(deriveJobId(seat.assignment.run, wanted.key, n));
    if (outcome === null) return false;
    if (outcome.end === 'finished' && outcome.output?.sha256 === derived.sha256) return true;
  }
  return false;
}

function deriveJob(
  { assignment, cpus, tree, work }: CoderSeat,
  { code }: Derivation,
  { id, seconds }: { readonly id: string; readonly seconds: number },
): Job {
  return agentJob(assignment, cpus, {
    id,
    purpose: 'derive',
    priority: 'normal',
    code: { kind: 'tree', tree: code },
    environment: tree.environment,
    command: ['python', DERIVE_SCRIPT],
    data: work.data.datasets.train,
    variables: { MW_SEED: SEED, MW_TIME_BUDGET_SECONDS: String(Math.round(seconds)) },
    wallSeconds: seconds,
  });
}

const isOfTheRest = (path: string) =>
  (path !== DERIVE_SCRIPT && path !== 'mw' && !path.startsWith('mw/')) || path.includes('__pycache__');
