/** A live process, in KV `workers` under `<service>.<name>`; written again every heartbeat. */
import { z } from 'zod';

/** A GPU, or a slice of one, as its host sees it. */
export const accelerator = z.object({
  /** The vendor's own, or host and index where there is none. */
  uuid: z.string(),
  index: z.int().nonnegative(),
  vendor: z.enum(['nvidia', 'amd']),
  model: z.string(),
  memoryBytes: z.int().nonnegative(),
  driver: z.string(),
  /** The GPU that this is a slice of. */
  parent: z.string().nullable().default(null),
  state: z.enum(['free', 'busy', 'quarantined']),
  /** Why it is quarantined; else empty. */
  reason: z.string().default(''),
  jobs: z.array(z.string()).default([]),
});
export type Accelerator = z.infer<typeof accelerator>;

export const worker = z.object({
  service: z.enum(['manager', 'designer', 'coder', 'tuner', 'gpu-runner']),
  name: z.string(),
  process: z.string(),
  host: z.string(),
  pid: z.int(),
  startedAt: z.int(),
  /** Milliseconds since the epoch, by the worker's own clock. */
  beatAt: z.int(),
  state: z.enum(['ready', 'draining', 'gone']),
  version: z.string(),
  /** Runners only. */
  runner: z
    .object({
      classes: z.array(z.string()),
      /** For trainings; one more is kept for short jobs. */
      slots: z.int().nonnegative(),
      busy: z.int().nonnegative(),
      jobs: z.array(z.string()),
      isolation: z.enum(['contained', 'partial', 'none']),
      isolationNotes: z.array(z.string()),
      executor: z.enum(['process', 'docker', 'kubernetes']).optional(),
      accelerators: z.array(accelerator).optional(),
      /** Jobs in hand by `<class>.<priority>.<run>`: what waits in JOBS is what lies there without them. */
      inWork: z.record(z.string(), z.int().positive()).optional(),
      /** The job that is first in line here: nothing that it waits for is given to others. */
      reservedFor: z.string().nullable().optional(),
      /** Why it takes no more jobs; null when it does. */
      drained: z.string().nullable().optional(),
      /** Jobs that were looked at and cannot start here now, and why; the newest 50. */
      waiting: z
        .array(z.object({ job: z.string(), reason: z.string() }))
        .max(50)
        .optional(),
    })
    .nullable(),
});
export type Worker = z.infer<typeof worker>;

export const workerKey = (service: Worker['service'], name: string) => `${service}.${name}`;
