/**
 * What this runner keeps of a job on disk, so that a later process of the same runner can go on with it.
 *
 *   jobs/<job>/job.json          the job, and the number of the attempt that was claimed
 *   jobs/<job>/attempt-<n>/      one execution: see attempt-folder.ts
 */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Job, jobBody } from '@modelwright/contracts';
import { z } from 'zod';
import { AttemptFolder } from './attempt-folder.ts';
import { readWhole, writeWhole } from './whole-file.ts';

const stored = z.object({ attempt: z.int().positive(), job: jobBody });

export class JobFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  attempt(number: number): AttemptFolder {
    return new AttemptFolder(this.path, number);
  }

  /** Records that this attempt is ours; called after the claim was written. */
  async open(job: Job, attempt: number): Promise<void> {
    await mkdir(this.path, { recursive: true, mode: 0o711 });
    await writeWhole(this.#record, { attempt, job });
  }

  /** What `open` recorded last; null when it did not get so far. */
  async read(): Promise<z.infer<typeof stored> | null> {
    return await readWhole(this.#record, stored);
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }

  get #record(): string {
    return join(this.path, 'job.json');
  }
}

/** The folders of all jobs that were not cleared. */
export class JobFolders {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  of(job: string): JobFolder {
    return new JobFolder(join(this.#root, job));
  }

  async all(): Promise<JobFolder[]> {
    await mkdir(this.#root, { recursive: true, mode: 0o711 });
    return (await readdir(this.#root)).map((name) => this.of(name));
  }
}
