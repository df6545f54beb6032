/** What a container says of itself: whose it is, what for, and when nobody can want it any more. */
import { z } from 'zod';
import type { Execution } from '../../handlers/executor.ts';

export const containerLabels = z.object({
  'modelwright.runner': z.string(),
  /** The process of the runner that made it. */
  'modelwright.process': z.string(),
  'modelwright.run': z.string(),
  'modelwright.job': z.string(),
  'modelwright.attempt': z.string(),
  'modelwright.claim-revision': z.string(),
  /** Milliseconds since the epoch: by then its supervisor has ended it, if it has one. */
  'modelwright.deadline': z.string().regex(/^\d+$/),
  /** UUIDs, separated by commas; empty for none. */
  'modelwright.accelerators': z.string(),
  /** The folder of its supervisor's records, on this host. */
  'modelwright.record': z.string(),
  /** Its image, by digest where it has one. */
  'modelwright.image': z.string(),
});
export type ContainerLabels = z.infer<typeof containerLabels>;

/** For the engine's filter: all that runners have made, whichever. */
export const ANY_RUNNER = 'modelwright.runner';

/** For the engine's filter: those of one attempt. */
export const ofRecord = (record: string) => `modelwright.record=${record}`;

export interface Owner {
  readonly runner: string;
  readonly process: string;
}

/** Whatever a supervisor does at the end of a program, it is done after so long. */
const LAST_STEPS_MS = 120_000;

/** Of a job's program. `now` in milliseconds since the epoch. */
export function jobLabels(owner: Owner, execution: Execution, image: string, now: number): ContainerLabels {
  const { job, attempt, claimRevision, accelerators, places } = execution;
  const { wallSeconds, graceSeconds } = job.limits;
  return {
    ...stepLabels(owner, { what: job.id, record: places.record, seconds: wallSeconds + graceSeconds }, now),
    'modelwright.run': job.run,
    'modelwright.attempt': String(attempt),
    'modelwright.claim-revision': String(claimRevision),
    'modelwright.accelerators': accelerators.map(({ uuid }) => uuid).join(','),
    'modelwright.image': image,
  };
}

/** Of a step that belongs to no job: a probe, an environment in the making. */
export function stepLabels(
  owner: Owner,
  step: { readonly what: string; readonly record: string; readonly seconds: number },
  now: number,
): ContainerLabels {
  return {
    'modelwright.runner': owner.runner,
    'modelwright.process': owner.process,
    'modelwright.run': '',
    'modelwright.job': step.what,
    'modelwright.attempt': '',
    'modelwright.claim-revision': '',
    'modelwright.deadline': String(Math.ceil(now + step.seconds * 1000 + LAST_STEPS_MS)),
    'modelwright.accelerators': '',
    'modelwright.record': step.record,
    'modelwright.image': '',
  };
}
