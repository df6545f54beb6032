/** What the environment says about this runner. */
import { availableParallelism, totalmem } from 'node:os';
import { z } from 'zod';

const count = z.coerce.number().int();
const seconds = z.coerce.number().positive();

const environment = z.looseObject({
  /** Trainings at once; one more slot is kept for short jobs. Default: one a processor. */
  RUNNER_SLOTS: count.min(1).max(1024).optional(),
  /** Job classes to take, separated by commas. */
  RUNNER_CLASSES: z
    .string()
    .regex(/^[a-z0-9-]+(,[a-z0-9-]+)*$/, 'must be names of classes, separated by commas')
    .default('cpu'),
  RUNNER_EXECUTOR: z.literal('process').default('process'),
  /** `required`: refuse programs that this host cannot contain, rather than run them with its rights. */
  RUNNER_ISOLATION: z.enum(['best', 'required']).default('best'),
  /** First of the user ids that running jobs get, when the runner is root. */
  RUNNER_UID_BASE: count.min(1000).default(1_900_000_000),
  /** Most memory of one job. Default: 80 % of the machine, shared by all slots. */
  RUNNER_MEMORY_BYTES: count.positive().optional(),
  /** How long a silent runner may come back before its jobs are taken over. */
  RUNNER_ADOPTION_WINDOW_SECONDS: seconds.default(120),
  RUNNER_CHECKPOINT_SECONDS: seconds.default(30),
  /** Of the cache of datasets and models on this host. */
  RUNNER_CACHE_BYTES: count.positive().default(20 * 1024 ** 3),
  /** The interpreter of the Python environment that candidates run in. */
  MODELWRIGHT_PYTHON: z
    .string({ error: 'must be the absolute path of a Python interpreter' })
    .startsWith('/', 'must be the absolute path of a Python interpreter'),
});

/** What the installer of packages is told: where to find programs, its own settings, and how to reach the network. */
const FOR_THE_INSTALLER =
  /^(PATH|HOME|LANG|TMPDIR|PIP_.*|(https?|no|all)_proxy|SSL_CERT_.*|REQUESTS_CA_BUNDLE)$/i;

export const runnerConfig = environment.transform((read) => {
  const slots = read.RUNNER_SLOTS ?? Math.max(1, availableParallelism());
  return {
    slots,
    classes: read.RUNNER_CLASSES.split(','),
    isolation: read.RUNNER_ISOLATION,
    uidBase: read.RUNNER_UID_BASE,
    memoryBytes: read.RUNNER_MEMORY_BYTES ?? Math.floor((0.8 * totalmem()) / (slots + 1)),
    adoptionWindowMs: read.RUNNER_ADOPTION_WINDOW_SECONDS * 1000,
    checkpointMs: read.RUNNER_CHECKPOINT_SECONDS * 1000,
    cacheBytes: read.RUNNER_CACHE_BYTES,
    python: read.MODELWRIGHT_PYTHON,
    installerVariables: installerVariables(read),
  };
});
export type RunnerConfig = z.infer<typeof runnerConfig>;

function installerVariables(read: Record<string, unknown>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [key, value] of Object.entries(read)) {
    if (typeof value === 'string' && FOR_THE_INSTALLER.test(key)) kept[key] = value;
  }
  return kept;
}
