/** Stores the checkpoint of a job, when there is a new one, and says so in its claim. */
import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContentStore } from '@modelwright/bus';
import type { Job } from '@modelwright/contracts';
import { withCheckpoint } from '../../core/retry.ts';
import type { Executor } from '../../handlers/executor.ts';
import type { AttemptFolder } from '../disk/attempt-folder.ts';
import type { HeldClaim } from './claims.ts';

const MOST_ENTRIES = 100_000;

export interface CheckpointPorts {
  readonly job: Job;
  readonly executor: Pick<Executor, 'snapshot'>;
  readonly store: Pick<ContentStore, 'putTree'>;
  readonly claim: HeldClaim;
}

export class CheckpointSaver {
  readonly #ports: CheckpointPorts;
  readonly #attempt: AttemptFolder;
  #saved = '';

  constructor(ports: CheckpointPorts, attempt: AttemptFolder) {
    this.#ports = ports;
    this.#attempt = attempt;
  }

  /** Does nothing when nothing changed since the last time, or when there is no checkpoint. */
  async save(): Promise<void> {
    const folder = join(this.#attempt.place('out'), 'checkpoint');
    const seen = await signatureOf(folder);
    if (seen === '' || seen === this.#saved) return;
    const copy = this.#attempt.place('checkpoint-copy');
    await rm(copy, { recursive: true, force: true });
    const { job, executor, store, claim } = this.#ports;
    await executor.snapshot(folder, copy, job.limits.diskBytes);
    const tree = await store.putTree('artifacts', copy);
    await rm(copy, { recursive: true, force: true });
    const { kind, store: name, sha256, size } = tree;
    if (sha256 !== claim.value.checkpoint?.sha256) {
      await claim.update((value) => withCheckpoint(value, { kind, store: name, sha256, size }));
    }
    this.#saved = seen;
  }
}

/**
 * Names, sizes and times of the files; '' where there are none. The content is read from a copy only. A link in the place of
 * a folder is not followed, and whatever is exchanged meanwhile, no more than so many entries are looked at.
 */
async function signatureOf(folder: string): Promise<string> {
  const [lines, pending]: [string[], string[]] = [[], [folder]];
  let looked = 0;
  for (let path = pending.pop(); path !== undefined && looked < MOST_ENTRIES; path = pending.pop()) {
    looked += 1;
    const info = await lstat(path).catch(() => null); // replaced while we looked: the next time sees it
    if (info?.isFile() === true) lines.push(`${path} ${info.size} ${info.mtimeMs}`);
    if (info?.isDirectory() !== true) continue;
    for (const name of await readdir(path).catch(() => [])) pending.push(join(path, name));
  }
  return lines.sort().join('\n');
}
