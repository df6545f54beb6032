/**
 * What to run, with what in reach, under which limits: the `spec.json` of a job folder.
 *
 * `@{name}` in `argv`, `cwd` and `env` stands for the place where the program sees the mount `name`;
 * `@{tmp}` for its private temporary folder, `@{python}` for its interpreter. Where a host cannot give
 * a file system of its own, they become the real paths, so a program never needs to know.
 */
import { z } from 'zod';
import { isolationRecord } from './exit-record.ts';

const MiB = 1024 * 1024;

const absolutePath = z.string().startsWith('/');

export const sandboxMount = z.object({
  name: z.string().regex(/^[A-Za-z0-9_-]+$/),
  /** On the host. A writable folder belongs to the program's user while it runs. */
  source: absolutePath,
  /** In the sandbox. */
  target: absolutePath,
  writable: z.boolean(),
});
export type SandboxMount = z.infer<typeof sandboxMount>;

export const sandboxLimits = z.object({
  /** Then SIGTERM, grace, SIGKILL: `timed-out`. */
  wallSeconds: z.number().positive(),
  graceSeconds: z.number().nonnegative().default(10),
  /** Neither output nor a change in a writable folder for so long: `stalled`. Null: never. */
  stallSeconds: z.number().positive().nullable().default(null),
  /** All processes together, /tmp and /dev/shm included. */
  memoryBytes: z.int().positive(),
  /** All writable folders together. */
  diskBytes: z
    .int()
    .positive()
    .default(1024 * MiB),
  /** Entries in writable folders. */
  files: z.int().positive().default(100_000),
  pids: z.int().positive().default(256),
  /** Processors' worth of time; fractions are possible. */
  cpus: z.number().positive().default(1),
  openFiles: z.int().positive().default(4096),
  /** Each of /tmp and /dev/shm; it is memory. */
  temporaryBytes: z
    .int()
    .positive()
    .default(256 * MiB),
  /** Kept of the beginning and of the end of each output stream. */
  outputHeadBytes: z
    .int()
    .positive()
    .default(7 * MiB),
  outputTailBytes: z.int().positive().default(MiB),
});
export type SandboxLimits = z.infer<typeof sandboxLimits>;

/** A container that was made for the spec, of a Docker engine on this host: it is started instead of a sandbox. */
export const sandboxContainer = z.object({
  /** The engine's Unix socket. */
  engine: absolutePath,
  id: z.string(),
  /** Its user; null for that of the supervisor. */
  uid: z.int().nullable(),
  isolation: isolationRecord,
});
export type SandboxContainer = z.infer<typeof sandboxContainer>;

export const sandboxSpec = z.object({
  version: z.literal(1).default(1),
  argv: z.array(z.string()).min(1),
  cwd: z.string().default('@{tmp}'),
  /** The whole environment: nothing is inherited. */
  env: z.record(z.string(), z.string()).default({}),
  /** An interpreter whose environment and installation the program may read; null for none. */
  python: absolutePath.nullable().default(null),
  mounts: z.array(sandboxMount).default([]),
  limits: sandboxLimits,
  /** Held for as long as anything of the program lives, all of them or none: then it is not started. */
  locks: z.array(z.object({ path: absolutePath, shared: z.boolean() })).default([]),
  /** Files in /dev that the program may use beside the usual ones. */
  devices: z.array(absolutePath).default([]),
  /** `host` is for trusted steps that fetch: the host's network, its resolver and its certificates. */
  network: z.enum(['none', 'host']).default('none'),
  /** `best` takes what the host grants and records it; `required` refuses to run uncontained. */
  isolation: z.enum(['best', 'required', 'none']).default('best'),
  /** When root: the range from which each running job gets a user id of its own. */
  uids: z
    .object({ first: z.int().positive(), count: z.int().positive() })
    // Assigned to nobody by convention: above the ranges of users, containers and services.
    .default({ first: 1_900_000_000, count: 10_000 }),
  container: sandboxContainer.nullable().default(null),
});
export type SandboxSpec = z.infer<typeof sandboxSpec>;
/** A spec as its caller writes it, defaults left out. */
export type SandboxRequest = z.input<typeof sandboxSpec>;
