/** The environment that every service reads: parsed once, through a schema, into a frozen object; all faults at once. */
import { hostname } from 'node:os';
import { z } from 'zod';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** A NATS user's name, a KV key's part and a folder's name. */
const workerName = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,64}$/, 'must consist of letters, digits and -, at most 64 of them');

export const commonEnvironment = z.object({
  NATS_URL: z.string().min(1).default('nats://127.0.0.1:4222'),
  NATS_USER: z.string().optional(),
  NATS_PASSWORD: z.string().optional(),
  /** A file that holds the password; wins over NATS_PASSWORD. */
  NATS_PASSWORD_FILE: z.string().optional(),
  /** Lasting name of this process among those of its service; the host's name when it is not given. */
  MODELWRIGHT_NAME: workerName.optional(),
  MODELWRIGHT_HOME: z.string({ error: 'must name the state folder' }).min(1),
  MODELWRIGHT_LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
  MODELWRIGHT_ACK_WAIT_SECONDS: z.coerce.number().positive().max(3600).optional(),
  MODELWRIGHT_HEALTH_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
});

export interface CommonConfig {
  readonly natsUrl: string;
  readonly natsUser: string | null;
  readonly natsPassword: string | null;
  readonly natsPasswordFile: string | null;
  /** Lasting name of this process among those of its service. */
  readonly name: string;
  /** State folder. */
  readonly home: string;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** Null: the bus's own defaults. */
  readonly ackWaitMs: number | null;
  /** 0: no health server. */
  readonly healthPort: number;
}

/** The environment does not fit. `message` lists every fault, a line each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** @throws ConfigError with all faults of both schemas. */
export function readConfig<Extra>(
  environment: Readonly<Record<string, string | undefined>>,
  extra: z.ZodType<Extra>,
): Readonly<CommonConfig & Extra> {
  const common = commonEnvironment.safeParse(environment);
  const own = extra.safeParse(environment);
  const faults = [common, own].flatMap((parsed) => (parsed.success ? [] : parsed.error.issues));
  if (!common.success || !own.success) {
    const lines = faults.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
    throw new ConfigError(`the environment does not fit:\n${lines.join('\n')}`);
  }
  const read = common.data;
  return Object.freeze({
    ...own.data,
    natsUrl: read.NATS_URL,
    natsUser: read.NATS_USER ?? null,
    natsPassword: read.NATS_PASSWORD ?? null,
    natsPasswordFile: read.NATS_PASSWORD_FILE ?? null,
    name: read.MODELWRIGHT_NAME ?? nameOfHost(),
    home: read.MODELWRIGHT_HOME,
    logLevel: read.MODELWRIGHT_LOG_LEVEL,
    ackWaitMs:
      read.MODELWRIGHT_ACK_WAIT_SECONDS === undefined ? null : read.MODELWRIGHT_ACK_WAIT_SECONDS * 1000,
    healthPort: read.MODELWRIGHT_HEALTH_PORT,
  });
}

function nameOfHost(): string {
  const name = hostname()
    .replace(/[^A-Za-z0-9-]+/g, '-')
    .slice(0, 64);
  return name === '' ? 'host' : name;
}
