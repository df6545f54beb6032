/**
 * One execution of a job on disk. Each file is written whole, so a process that is killed leaves the old one or the new.
 *
 *   attempt-<n>/                the sandbox's job folder (spec, logs, exit record), and in it
 *       work/ out/              the program's own, writable
 *       data/ inputs/ resume/   what it may read
 *       provided.json           the environment and the assets it was given
 *       sent.json               how far its output has been sent (sent.ts)
 *       stop-order.json         why the runner had it stopped, written before the order was given
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { assetRecord } from '@modelwright/contracts';
import { z } from 'zod';
import { stopOrderKinds } from '../../core/stop-order.ts';
import { pathExists } from './folder-facts.ts';
import { NOTHING_SENT, type Sent, sent } from './sent.ts';
import { readWhole, writeWhole } from './whole-file.ts';

/** What was made ready for the program before its start. */
const provided = z.object({
  /** When; milliseconds since the epoch. The program is started at once then. */
  at: z.int(),
  environment: z.object({
    python: z.string(),
    folders: z.array(z.string()),
    notes: z.array(z.string()),
  }),
  /** Names the environment, when it was built from a specification. */
  environmentKey: z.string().nullable(),
  assets: z.array(assetRecord),
  /** Where the assets lie on this host, one folder a name. */
  assetsFolder: z.string().nullable(),
});
export type Provided = z.infer<typeof provided>;

const stopOrder = z.object({ kind: z.enum(stopOrderKinds), reason: z.string() });

type Place = 'work' | 'out' | 'data' | 'inputs' | 'resume' | 'assets' | 'checkpoint-copy' | 'code.bundle';

export class AttemptFolder {
  readonly path: string;
  readonly number: number;

  constructor(jobFolder: string, number: number) {
    this.number = number;
    this.path = join(jobFolder, `attempt-${number}`);
  }

  place(name: Place): string {
    return join(this.path, name);
  }

  /** Whether this host has had anything of it. */
  async exists(): Promise<boolean> {
    return await pathExists(this.path);
  }

  /** An empty folder, whatever was there. */
  async reset(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
    // The program's own user passes through when it is contained by its user alone.
    await mkdir(this.path, { recursive: true, mode: 0o711 });
  }

  /** Written after the sending: what was sent and not written down is found in the stream. */
  async sent(): Promise<Sent> {
    return (await readWhole(join(this.path, 'sent.json'), sent)) ?? NOTHING_SENT;
  }

  async remember(progress: Sent): Promise<void> {
    await writeWhole(join(this.path, 'sent.json'), progress);
  }

  /** Null before `keepProvided`. */
  async provided(): Promise<Provided | null> {
    return await readWhole(join(this.path, 'provided.json'), provided);
  }

  async keepProvided(what: Provided): Promise<void> {
    await writeWhole(join(this.path, 'provided.json'), what);
  }

  /** Null while the runner has not ordered the program to stop. */
  async stopOrder(): Promise<z.infer<typeof stopOrder> | null> {
    return await readWhole(join(this.path, 'stop-order.json'), stopOrder);
  }

  async keepStopOrder(order: z.infer<typeof stopOrder>): Promise<void> {
    await writeWhole(join(this.path, 'stop-order.json'), order);
  }
}
