/** At the start: what an earlier process of this runner had in hand, found on disk, goes on or is dropped. */
import type { Records } from '@modelwright/bus';
import type { Claim } from '@modelwright/contracts';
import type { Logger } from '@modelwright/telemetry';
import { takeClaim } from '../adapters/bus/claims.ts';
import type { JobFolder, JobFolders } from '../adapters/disk/job-folder.ts';
import { adopt } from '../core/adoption.ts';
import type { RunnerPorts } from './job-context.ts';
import type { JobStarter } from './job-starter.ts';

export interface AdoptionPorts extends RunnerPorts {
  readonly claims: Records<Claim>;
  readonly folders: JobFolders;
  readonly logger: Logger;
}

/** Done before any job is taken, so that a redelivered message finds its job in hand. */
export async function adoptJobs(ports: AdoptionPorts, starter: JobStarter): Promise<void> {
  for (const folder of await ports.folders.all()) await adoptOne(ports, starter, folder);
}

async function adoptOne(ports: AdoptionPorts, starter: JobStarter, folder: JobFolder): Promise<void> {
  const known = await folder.read();
  if (known === null) {
    await folder.remove(); // it did not get as far as being recorded
    return;
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
    if (claim !== null) {
      starter.inHand.takeAdopted(job);
      starter.begin(job, { claim, from: decision.from, delivery: null });
      return;
    }
  }
  await drop(ports, record, found === 'running');
  await folder.remove();
}

async function drop({ executor, leaving }: AdoptionPorts, record: string, running: boolean): Promise<void> {
  if (!running) return;
  await executor.stop(record, 'its job is with another runner', 0);
  await executor.ending(record, leaving);
}
