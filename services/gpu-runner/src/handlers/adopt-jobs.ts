/** At the start: what an earlier process of this runner had in hand, found on disk, goes on or is dropped. */
import type { Records } from '@modelwright/bus';
import type { Claim, Job } from '@modelwright/contracts';
import type { Logger } from '@modelwright/telemetry';
import { readHeld } from '../adapters/accelerators/held-record.ts';
import { type HeldClaim, takeClaim } from '../adapters/bus/claims.ts';
import type { JobFolder, JobFolders } from '../adapters/disk/job-folder.ts';
import { adopt } from '../core/adoption.ts';
import type { JobState } from '../core/job-state.ts';
import type { RunnerPorts } from './job-context.ts';
import type { JobStarter } from './job-starter.ts';

export interface AdoptionPorts extends RunnerPorts {
  readonly claims: Records<Claim>;
  readonly folders: JobFolders;
  readonly logger: Logger;
}

interface Adopted {
  readonly job: Job;
  readonly claim: HeldClaim;
  readonly from: JobState;
  /** Of the accelerators that its program was given; none when it had not been started. */
  readonly uuids: readonly string[];
}

/**
 * Done before any job is taken, so that a redelivered message finds its job in hand. Who holds accelerators comes first:
 * a job that had not been started gets what is left.
 */
export async function adoptJobs(ports: AdoptionPorts, starter: JobStarter): Promise<void> {
  const found: Adopted[] = [];
  for (const folder of await ports.folders.all()) {
    const adopted = await adoptOne(ports, folder);
    if (adopted !== null) found.push(adopted);
  }
  for (const one of found.toSorted((a, b) => b.uuids.length - a.uuids.length)) goOn(starter, one);
}

function goOn(starter: JobStarter, { job, claim, from, uuids }: Adopted): void {
  const { inHand } = starter;
  const started = uuids.length > 0 || from.phase !== 'fetching';
  if (job.accelerators === null || started) {
    inHand.takeAdopted(job, uuids);
    starter.begin(job, { claim, from, delivery: null });
  } else if (inHand.take(job)) {
    starter.begin(job, { claim, from, delivery: null });
  } else if (inHand.letThrough(job)) {
    const cause = 'what it was to be given is taken';
    starter.begin(job, {
      claim,
      from: { phase: 'giving-back', attempt: from.attempt, cause },
      delivery: null,
    });
  }
}

/** Null when it is not ours any more, and nothing is left of it. */
async function adoptOne(ports: AdoptionPorts, folder: JobFolder): Promise<Adopted | null> {
  const known = await folder.read();
  if (known === null) {
    await folder.remove(); // it did not get as far as being recorded
    return null;
  }
  const { job, attempt } = known;
  const record = folder.attempt(attempt).path;
  const found = await ports.executor.state(record);
  const entry = await ports.claims.get(job.id);
  const decision = adopt(found, attempt, entry?.value ?? null, ports.me);
  ports.logger.info(
    { job: job.id, decision: decision.kind, reason: decision.reason },
    'job found at the start',
  );
  if (decision.kind === 'go-on' && entry !== null) {
    const claim = await takeClaim(ports.claims, decision.claim, entry.revision);
    if (claim !== null) return { job, claim, from: decision.from, uuids: await readHeld(record) };
  }
  await drop(ports, record, found === 'running');
  await folder.remove();
  return null;
}

async function drop({ executor, leaving }: AdoptionPorts, record: string, running: boolean): Promise<void> {
  if (!running) return;
  await executor.stop(record, 'its job is with another runner', 0);
  await executor.ending(record, leaving);
}
