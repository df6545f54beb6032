/** The state folder: what `up` started, its passwords, its logs. Only its owner may look in. */
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { modelsTold } from '../core/models-told.ts';
import { badInput } from '../core/problem.ts';
import { bytesText } from '../core/text/quantity.ts';

const identity = { pid: z.int().positive(), born: z.string() };
const count = z.int().nonnegative();

export const processesFile = z.object({
  version: z.literal(1),
  /** What the services are connected to. */
  natsUrl: z.string(),
  /** Null: somebody else's. */
  server: z
    .object({
      ...identity,
      port: z.int(),
      version: z.string(),
      path: z.string(),
      since: z.int(),
      log: z.string().nullable(),
    })
    .nullable(),
  counts: z.object({ manager: count, designer: count, coder: count, tuner: count, 'gpu-runner': count }),
  services: z.array(
    z.object({
      ...identity,
      service: z.enum(['manager', 'designer', 'coder', 'tuner', 'gpu-runner']),
      name: z.string(),
      /** Milliseconds since the epoch. */
      since: z.int(),
      log: z.string().nullable(),
      /** What it was told of models; null for one that asks none. */
      models: modelsTold.nullable().default(null),
    }),
  ),
});
export type ProcessesFile = z.infer<typeof processesFile>;
export type RecordedService = ProcessesFile['services'][number];
export type RecordedServer = NonNullable<ProcessesFile['server']>;

/** Below this a run would end half-way for want of room. */
export const LEAST_FREE_BYTES = 300_000_000;

export class StateFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  get lockFile(): string {
    return join(this.path, 'up.lock');
  }

  get natsFolder(): string {
    return join(this.path, 'nats');
  }

  logFile(name: string): string {
    return join(this.path, 'logs', `${name}.log`);
  }

  /** Makes the folder, for its owner alone. */
  async make(): Promise<void> {
    try {
      await mkdir(this.path, { recursive: true, mode: 0o700 });
      await chmod(this.path, 0o700);
      await mkdir(join(this.path, 'logs'), { recursive: true, mode: 0o700 });
    } catch (error) {
      throw badInput(
        {
          message: `the state folder cannot be made: ${error instanceof Error ? error.message : String(error)}`,
          remedy: 'Set MODELWRIGHT_HOME to a folder of yours on a disk with room.',
          file: this.path,
        },
        { cause: error },
      );
    }
  }

  /** Refuses where the disk has less room than asked. */
  async requireRoom(bytes: number): Promise<void> {
    const { bavail, bsize } = await statfs(this.path);
    const free = bavail * bsize;
    if (free >= bytes) return;
    throw badInput({
      message: `the disk is full: ${bytesText(free)} free, ${bytesText(bytes)} needed`,
      remedy: 'Make room, or set MODELWRIGHT_HOME to a folder on another disk.',
      file: this.path,
    });
  }

  /** Null when nothing was ever started here. */
  async readProcesses(): Promise<ProcessesFile | null> {
    const text = await readFile(this.#processes, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (text === null) return null;
    const parsed = processesFile.safeParse(jsonOf(text));
    if (parsed.success) return parsed.data;
    throw badInput({
      message: 'this record of running processes cannot be read',
      remedy:
        'End the processes by hand (ps shows node … services/…/main.ts and nats-server), then remove the file.',
      file: this.#processes,
    });
  }

  async writeProcesses(processes: ProcessesFile): Promise<void> {
    const draft = `${this.#processes}.${process.pid}`;
    await writeFile(draft, `${JSON.stringify(processes, null, 2)}\n`, { mode: 0o600 });
    await rename(draft, this.#processes);
  }

  async removeProcesses(): Promise<void> {
    await rm(this.#processes, { force: true });
  }

  passwordFile(user: string): string {
    return join(this.natsFolder, 'passwords', user);
  }

  /** The password of a user of the own server, drawn the first time it is asked for. */
  async password(user: string): Promise<string> {
    const file = this.passwordFile(user);
    const known = await readFile(file, 'utf8').catch(() => null);
    if (known !== null && known !== '') return known;
    await mkdir(join(this.natsFolder, 'passwords'), { recursive: true, mode: 0o700 });
    const drawn = randomBytes(24).toString('base64url');
    await writeFile(file, drawn, { mode: 0o600 });
    return drawn;
  }

  get #processes(): string {
    return join(this.path, 'processes.json');
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
