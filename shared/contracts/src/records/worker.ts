/** A live process, in KV `workers` under `<service>.<name>`; written again every heartbeat. */
import { z } from 'zod';

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
    })
    .nullable(),
});
export type Worker = z.infer<typeof worker>;

export const workerKey = (service: Worker['service'], name: string) => `${service}.${name}`;
