/** What the environment says about this runner. */
import { availableParallelism, totalmem } from 'node:os';
import { z } from 'zod';
import { acceleratorSettings, acceleratorVariables } from './adapters/accelerators/settings.ts';
import { installerVariables } from './core/environments/site-settings.ts';

const GiB = 1024 ** 3;
const count = z.coerce.number().int();
const seconds = z.coerce.number().positive();

/** Of `RUNNER_EXECUTOR=docker`. */
const dockerVariables = {
  /** The engine's Unix socket. Default: `DOCKER_HOST`, else the usual one. */
  RUNNER_DOCKER_HOST: z.string().startsWith('unix:///', 'must be unix:// and an absolute path').optional(),
  DOCKER_HOST: z.string().optional(),
  /** What programs run in; it needs python3 and its venv module. */
  RUNNER_IMAGE: z.string().min(1).default('modelwright/base:local'),
  RUNNER_IMAGE_PULL: z.enum(['missing', 'always', 'never']).default('missing'),
  /** A runtime of the engine, such as `runsc` or `nvidia`. Default: the engine's own. */
  RUNNER_RUNTIME: z.string().min(1).optional(),
  /** How long a container that no job accounts for is left alone. */
  RUNNER_STRANGERS_GRACE_SECONDS: seconds.default(60),
};

/** What trainings on tables load: most of the time that a short job takes. */
const USUAL_MODULES = [
  'numpy',
  'pandas',
  ...[
    'compose',
    'ensemble',
    'impute',
    'linear_model',
    'metrics',
    'model_selection',
    'pipeline',
    'preprocessing',
  ].map((part) => `sklearn.${part}`),
];

const environment = z.looseObject({
  ...acceleratorVariables,
  /** Trainings at once; one more slot is kept for short jobs. Default: one a processor. */
  RUNNER_SLOTS: count.min(1).max(1024).optional(),
  /** Job classes to take, separated by commas. Default: `cpu`, and with accelerators `gpu` and their models. */
  RUNNER_CLASSES: z
    .string()
    .regex(/^[a-z0-9-]+(,[a-z0-9-]+)*$/, 'must be names of classes, separated by commas')
    .optional(),
  RUNNER_EXECUTOR: z.enum(['process', 'docker']).default('process'),
  ...dockerVariables,
  /** `required`: refuse programs that this host cannot contain, rather than run them with its rights. */
  RUNNER_ISOLATION: z.enum(['best', 'required']).default('best'),
  /** First of the user ids that running jobs get, when the runner is root. */
  RUNNER_UID_BASE: count.min(1000).default(1_900_000_000),
  /** Most memory of one job. Default: 80 % of the machine, shared by all slots. */
  RUNNER_MEMORY_BYTES: count.positive().optional(),
  /** Of all jobs together. Default: 80 % of the machine, or what its slots need where that is more. */
  RUNNER_HOST_MEMORY_BYTES: count.positive().optional(),
  /** How long a silent runner may come back before its jobs are taken over. */
  RUNNER_ADOPTION_WINDOW_SECONDS: seconds.default(120),
  RUNNER_CHECKPOINT_SECONDS: seconds.default(30),
  /** Of the cache of datasets and models on this host. */
  RUNNER_CACHE_BYTES: count.positive().default(20 * 1024 ** 3),
  /** Most Pythons kept started ahead of their jobs. Default: 1 on 4 GiB of memory or more, 2 on 16 GiB or more. */
  RUNNER_WARM: count.min(0).max(64).optional(),
  /** What they have loaded, where it is installed, separated by commas. */
  RUNNER_WARM_MODULES: z
    .string()
    .regex(/^([A-Za-z0-9_.]+(,[A-Za-z0-9_.]+)*)?$/, 'must be names of modules, separated by commas')
    .default(USUAL_MODULES.join(',')),
  RUNNER_WARM_IDLE_SECONDS: seconds.default(600),
  /** `any`: packages may come as sources too, whose programs then run, contained, while an environment is made. */
  RUNNER_PACKAGES: z.enum(['wheels', 'any']).default('wheels'),
  /** A file of requirements: what jobs get that name none. Default: the interpreter's own packages. */
  RUNNER_BASE_REQUIREMENTS: z.string().startsWith('/', 'must be the absolute path of a file').optional(),
  /** Of the environments on this host. */
  RUNNER_ENVIRONMENT_BYTES: count.positive().default(20 * 1024 ** 3),
  /** `off`: jobs that want assets are refused; `allow`: those that `RUNNER_ASSETS_ALLOW` lists are fetched. */
  RUNNER_ASSETS: z.enum(['allow', 'off']).default('allow'),
  /** Patterns such as `hub:organisation/*`, `url:https://host/*`, `site:*`, separated by commas. */
  RUNNER_ASSETS_ALLOW: z.string().default(''),
  /** A model hub, or a mirror of one. */
  RUNNER_HUB_URL: z.url({ protocol: /^https?$/ }).default('https://huggingface.co'),
  /** Read for each request to the hub; no program ever sees it. */
  RUNNER_HUB_TOKEN_FILE: z.string().startsWith('/', 'must be the absolute path of a file').optional(),
  /** A folder of assets that the site provides on its hosts. */
  RUNNER_SITE_ASSETS: z.string().startsWith('/', 'must be the absolute path of a folder').optional(),
  /** Of the assets on this host; a larger one is refused. */
  RUNNER_ASSET_BYTES: count.positive().default(50 * 1024 ** 3),
  /** The interpreter of the Python environment that candidates run in. */
  MODELWRIGHT_PYTHON: z
    .string({ error: 'must be the absolute path of a Python interpreter' })
    .startsWith('/', 'must be the absolute path of a Python interpreter'),
});

export const runnerConfig = environment.transform((read) => {
  const slots = read.RUNNER_SLOTS ?? Math.max(1, availableParallelism());
  const memoryBytes = read.RUNNER_MEMORY_BYTES ?? Math.floor((0.8 * totalmem()) / (slots + 1));
  return {
    slots,
    /** Null: what suits the accelerators. */
    classes: read.RUNNER_CLASSES?.split(',') ?? null,
    isolation: read.RUNNER_ISOLATION,
    uidBase: read.RUNNER_UID_BASE,
    memoryBytes,
    hostMemoryBytes:
      read.RUNNER_HOST_MEMORY_BYTES ?? Math.max(Math.floor(0.8 * totalmem()), memoryBytes * (slots + 1)),
    adoptionWindowMs: read.RUNNER_ADOPTION_WINDOW_SECONDS * 1000,
    checkpointMs: read.RUNNER_CHECKPOINT_SECONDS * 1000,
    cacheBytes: read.RUNNER_CACHE_BYTES,
    executor: read.RUNNER_EXECUTOR,
    ...dockerSettings(read),
    warm: {
      size: read.RUNNER_WARM ?? usualWorkers(totalmem()),
      modules: read.RUNNER_WARM_MODULES.split(',').filter((name) => name !== ''),
      idleMs: read.RUNNER_WARM_IDLE_SECONDS * 1000,
    },
    packages: read.RUNNER_PACKAGES,
    baseRequirements: read.RUNNER_BASE_REQUIREMENTS ?? null,
    environmentBytes: read.RUNNER_ENVIRONMENT_BYTES,
    assets: {
      rules: {
        mode: read.RUNNER_ASSETS,
        allow: read.RUNNER_ASSETS_ALLOW.split(/[\s,]+/).filter((pattern) => pattern !== ''),
      },
      maxBytes: read.RUNNER_ASSET_BYTES,
      hubUrl: read.RUNNER_HUB_URL.replace(/\/+$/, ''),
      hubTokenFile: read.RUNNER_HUB_TOKEN_FILE ?? null,
      siteFolder: read.RUNNER_SITE_ASSETS ?? null,
    },
    python: read.MODELWRIGHT_PYTHON,
    acceleratorSettings: acceleratorSettings(read),
    installerVariables: installerVariables(read),
  };
});
export type RunnerConfig = z.infer<typeof runnerConfig>;

function usualWorkers(memoryBytes: number): number {
  if (memoryBytes >= 16 * GiB) return 2;
  return memoryBytes >= 4 * GiB ? 1 : 0;
}

function dockerSettings(read: z.infer<z.ZodObject<typeof dockerVariables>>) {
  return {
    dockerHost: read.RUNNER_DOCKER_HOST ?? read.DOCKER_HOST ?? null,
    image: read.RUNNER_IMAGE,
    imagePull: read.RUNNER_IMAGE_PULL,
    runtime: read.RUNNER_RUNTIME ?? null,
    strangersGraceMs: read.RUNNER_STRANGERS_GRACE_SECONDS * 1000,
  };
}
