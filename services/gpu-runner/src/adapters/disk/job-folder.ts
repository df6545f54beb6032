/**
 * What this runner keeps of a job on disk, so that a later process of the same runner can go on with it.
 *
 *   jobs/<job>/job.json          the job, and the number of the attempt that was claimed
 *   jobs/<job>/attempt-<n>/      one execution: the sandbox's job folder (spec, logs, exit record), and in it
 *       work/ out/               the program's own, writable
 *       data/ inputs/ resume/    what it may read
 *       sent.json                how far its output has been sent
 */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Job, jobBody } from '@modelwright/contracts';
import { z } from 'zod';

const stored = z.object({ attempt: z.int().positive(), job: jobBody });

const position = z.object({ line: z.int(), headBytes: z.int() });
const sent = z.object({
  stdout: position,
  stderr: position,
  /** Of `metrics.jsonl`: bytes and lines. */
  metrics: z.object({ bytes: z.int(), lines: z.int() }),
});
/** How far output has been sent. Written after the sending: a batch may be sent twice, none is left out. */
export type Sent = z.infer<typeof sent>;

const NOTHING_SENT: Sent = {
  stdout: { line: 0, headBytes: 0 },
  stderr: { line: 0, headBytes: 0 },
  metrics: { bytes: 0, lines: 0 },
};

/** The places of one execution. */
export class AttemptFolder {
  readonly path: string;
  readonly number: number;

  constructor(jobFolder: string, number: number) {
    this.number = number;
    this.path = join(jobFolder, `attempt-${number}`);
  }

  place(name: 'work' | 'out' | 'data' | 'inputs' | 'resume' | 'checkpoint-copy' | 'code.bundle'): string {
    return join(this.path, name);
  }

  /** An empty folder, whatever was there. */
  async reset(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
    // The program's own user passes through when it is contained by its user alone.
    await mkdir(this.path, { recursive: true, mode: 0o711 });
  }

  async sent(): Promise<Sent> {
    const text = await readIfThere(join(this.path, 'sent.json'));
    return text === null ? NOTHING_SENT : sent.parse(JSON.parse(text));
  }

  async remember(progress: Sent): Promise<void> {
    await writeWhole(join(this.path, 'sent.json'), JSON.stringify(progress));
  }
}

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
    await writeWhole(join(this.path, 'job.json'), JSON.stringify({ attempt, job }));
  }

  /** What `open` recorded last; null when it did not get so far. */
  async read(): Promise<z.infer<typeof stored> | null> {
    const text = await readIfThere(join(this.path, 'job.json'));
    return text === null ? null : stored.parse(JSON.parse(text));
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
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

async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = `${path}.new`;
  await writeFile(temporary, text, { flush: true });
  await rename(temporary, path);
}

async function readIfThere(path: string): Promise<string | null> {
  return await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}
