/** The environment that every service reads, together with what one service adds. */
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { type ContentPlace, contentPlace } from '@modelwright/bus';
import { slug, type Worker } from '@modelwright/contracts';
import { LOG_LEVELS, type LogLevel } from '@modelwright/telemetry';
import { z } from 'zod';

/** Part of a KV key whose parts `_` joins, and a folder's name. */
const workerName = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,64}$/, 'must consist of letters, digits and -, at most 64 of them');

const environment = z.object({
  /** One server or several, separated by commas. */
  NATS_URL: z.string().default('nats://127.0.0.1:4222'),
  NATS_USER: z.string().optional(),
  NATS_PASSWORD: z.string().optional(),
  /** A file that holds the password; it wins over NATS_PASSWORD. */
  NATS_PASSWORD_FILE: z.string().transform(readSecret).optional(),
  /** Lasting name of this process among those of its service. Default: the host's, and where several may run the pid. */
  MODELWRIGHT_NAME: workerName.optional(),
  /** Folder for what must outlive the process. */
  MODELWRIGHT_HOME: z.string({ error: 'must name the state folder' }),
  MODELWRIGHT_LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
  MODELWRIGHT_LOG_PRETTY: z.enum(['0', '1']).default('0'),
  /** How long a worker may be silent before its message goes to another. */
  MODELWRIGHT_ACK_WAIT_SECONDS: z.coerce.number().positive().max(3600).optional(),
  /** Where content is kept: nats:, folder:/path or s3://bucket/prefix (docs/artifacts.md). Default: as the farm has it. */
  MODELWRIGHT_ARTIFACTS: contentPlace.optional(),
  /** Port for `/healthz` and `/readyz` on loopback; 0 for none. */
  MODELWRIGHT_HEALTH_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
});

export interface CommonConfig {
  readonly natsUrl: string;
  readonly natsUser: string | null;
  readonly natsPassword: string | null;
  readonly name: string;
  /** Absolute. */
  readonly home: string;
  readonly logLevel: LogLevel;
  readonly logPretty: boolean;
  /** Null: the bus's own defaults. */
  readonly ackWaitMs: number | null;
  readonly healthPort: number;
  /** Null: as the farm has it. */
  readonly content: ContentPlace | null;
}

/** The environment is not as it must be: all faults, a line each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** A frozen config, or a ConfigError that lists every fault. A variable set to nothing counts as not set. */
export function readConfig<Extra>(
  service: Worker['service'],
  extra: z.ZodType<Extra>,
  variables: Readonly<Record<string, string | undefined>>,
): Readonly<CommonConfig & Extra> {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const common = environment.safeParse(set);
  const own = extra.safeParse(set);
  if (common.success && own.success) return Object.freeze({ ...toCommon(service, common.data), ...own.data });
  const faults = [common, own].flatMap((read) => read.error?.issues ?? []);
  const lines = faults.map((fault) => `  ${fault.path.join('.') || 'environment'}: ${fault.message}`);
  throw new ConfigError(`The environment of ${service} is not right:\n${[...new Set(lines)].join('\n')}`);
}

function toCommon(service: Worker['service'], read: z.infer<typeof environment>): CommonConfig {
  const seconds = read.MODELWRIGHT_ACK_WAIT_SECONDS;
  return {
    natsUrl: read.NATS_URL,
    natsUser: read.NATS_USER ?? null,
    natsPassword: read.NATS_PASSWORD_FILE ?? read.NATS_PASSWORD ?? null,
    name: read.MODELWRIGHT_NAME ?? defaultName(service),
    home: resolve(read.MODELWRIGHT_HOME),
    logLevel: read.MODELWRIGHT_LOG_LEVEL,
    logPretty: read.MODELWRIGHT_LOG_PRETTY === '1',
    ackWaitMs: seconds === undefined ? null : seconds * 1000,
    healthPort: read.MODELWRIGHT_HEALTH_PORT,
    content: read.MODELWRIGHT_ARTIFACTS ?? null,
  };
}

/** There is one runner a host, and its name must be the same after a restart; of the others there may be many. */
const defaultName = (service: Worker['service']) =>
  service === 'gpu-runner' ? slug(hostname()) : `${slug(hostname())}-${process.pid}`;

function readSecret(path: string, context: z.RefinementCtx): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    context.addIssue(`cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    return z.NEVER;
  }
}
