/**
 * A program's Python, started ahead in a complete sandbox of its own with the usual packages loaded. It takes one job.
 *
 * The process behind it is the job's supervisor to be. While it waits it lives no longer than this process; with a job
 * it outlives it, like any supervisor.
 */
import type { ChildProcess } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { collect, ended, SandboxError, type SandboxHost, start } from './interpreter.ts';
import type { SandboxRequest } from './spec.ts';
import { type JobStatus, jobStatus, writeSpec } from './supervised-job.ts';

const firstWords = z.union([
  z.object({
    /** `absent`: modules that could not be loaded. */
    ready: z.object({ absent: z.array(z.string()) }),
  }),
  z.object({ unfit: z.string() }),
]);

export interface WarmPlan {
  /** Of the worker, made here; it goes when the worker does. On the file system of the job folders. */
  readonly folder: string;
  /** What `withoutItsJob` gave. */
  readonly request: SandboxRequest;
  /** Loaded ahead, where they are installed. */
  readonly modules: readonly string[];
}

export class WarmWorker {
  /** When it is ready: the modules that it has not got. Rejects with a `SandboxError` that says why it never will be. */
  readonly ready: Promise<readonly string[]>;
  /** Resolves when the process behind it has ended. */
  readonly gone: Promise<void>;
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  #taken = false;

  private constructor(child: ChildProcess) {
    this.#child = child;
    if (child.stdout === null) throw new SandboxError('a warm worker has no output');
    // Whoever ends it may be faster than what is written to it: that it has gone shows in its output.
    child.stdin?.on('error', () => undefined);
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    // Cut off when it takes a job: what it says then belongs to the job.
    const said = collect(child.stderr).catch(() => Buffer.alloc(0));
    this.ready = this.#firstWords(said);
    this.gone = Promise.allSettled([ended(child)]).then(() => undefined);
  }

  static async start(host: SandboxHost, { folder, request, modules }: WarmPlan): Promise<WarmWorker> {
    await mkdir(folder, { recursive: true });
    await writeSpec(folder, request);
    const stdio = ['pipe', 'pipe', 'pipe'] as const;
    return new WarmWorker(start(host, ['warm', folder, ...modules], [...stdio], { detached: true }));
  }

  /**
   * Hands it the job, as `supervise` starts one: `jobdir` must be fresh. Null when it could not be handed over: the job
   * has not begun. It must be ready, and serves once.
   */
  async take(jobdir: string, request: SandboxRequest): Promise<JobStatus | null> {
    if (this.#taken) return null;
    this.#taken = true;
    await writeSpec(jobdir, request);
    this.#child.stdin?.end(`${JSON.stringify({ job: jobdir })}\n`);
    const answer = await this.#lines.next();
    this.#letGo();
    return answer.done === true ? null : jobStatus.parse(JSON.parse(answer.value));
  }

  /** While it has no job. */
  end(): void {
    this.#child.stdin?.end();
  }

  /** It goes on for itself: nothing of it may keep this process from ending. */
  #letGo(): void {
    this.#child.unref();
    this.#child.stdout?.destroy();
    this.#child.stderr?.destroy();
  }

  async #firstWords(said: Promise<Buffer>): Promise<readonly string[]> {
    const answer = await this.#lines.next();
    if (answer.done === true) {
      const lastLine = (await said).toString('utf8').trim().split('\n').at(-1);
      throw new SandboxError(`a warm worker could not be started: ${lastLine || 'it said nothing'}`);
    }
    const words = firstWords.parse(JSON.parse(answer.value));
    if ('unfit' in words) throw new SandboxError(words.unfit);
    return words.ready.absent;
  }
}
