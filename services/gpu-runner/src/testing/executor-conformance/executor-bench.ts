/** One execution after another on an executor that was opened once: its folders, its program, its end. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Job } from '@modelwright/contracts';
import { OUTPUT_START, type OutputLine, type OutputStream, readOutput } from '@modelwright/sandbox';
import { temporaryFolder } from '@modelwright/testing';
import { expect } from 'vitest';
import { z } from 'zod';
import type { Ending } from '../../core/job-state.ts';
import type { Execution, Executor, Places } from '../../handlers/executor.ts';
import { sampleJob } from '../samples.ts';
import { openWith } from './open-with.ts';

/** An executor as the suite is given it. */
export interface ExecutorUnderTest {
  readonly name: string;
  /** What a runner is told to use it. */
  readonly variables: Readonly<Record<string, string>>;
  /** Whether a program goes on when its supervisor is killed; else it ends with it, as lost. */
  readonly outlivesSupervisor: boolean;
}

const LONGEST_MS = 30_000;
const supervisor = z.object({ pid: z.int() });

export class ExecutorBench implements AsyncDisposable {
  readonly home: string;
  readonly executor: Executor;
  readonly #folder: AsyncDisposable;
  #count = 0;

  constructor(folder: { readonly path: string } & AsyncDisposable, executor: Executor) {
    this.home = folder.path;
    this.executor = executor;
    this.#folder = folder;
  }

  static async open(under: ExecutorUnderTest): Promise<ExecutorBench> {
    // What is made for a program must be readable for the program's own user, as in a runner.
    process.umask(0o022);
    const folder = await temporaryFolder('mw-executor-');
    return new ExecutorBench(folder, await openWith(under.variables, folder.path));
  }

  /** An execution of `main.py`, ready to be started. */
  async prepare(program: string, change: ExecutionChange = {}): Promise<Execution> {
    this.#count += 1;
    const record = join(this.home, `attempt-${this.#count}`);
    const places: Places = {
      record,
      work: join(record, 'work'),
      out: join(record, 'out'),
      ...{ data: null, inputs: null, resume: null, assets: null },
      ...change.places,
    };
    for (const path of [record, places.work, places.out]) await mkdir(path, { mode: 0o711 });
    await writeFile(join(places.work, 'main.py'), program);
    const { limits, ...rest } = change.job ?? {};
    return {
      job: sampleJob({
        id: `conformance_${this.#count}`,
        command: ['python', 'main.py'],
        ...rest,
        limits: { ...sampleJob().limits, ...limits },
      }),
      attempt: 1,
      claimRevision: 7,
      places,
      environment: change.environment ?? { python: this.executor.builds.python, folders: [], notes: [] },
      accelerators: [],
    };
  }

  async start(execution: Execution): Promise<void> {
    const begun = await this.executor.start(execution);
    if (begun !== null) throw new Error(`not started: ${JSON.stringify(begun)}`);
  }

  /** From start to end. */
  async run(program: string, change: ExecutionChange = {}): Promise<Ran> {
    const execution = await this.prepare(program, change);
    await this.start(execution);
    return { execution, ending: await this.end(execution) };
  }

  async end({ places }: Execution): Promise<Ending> {
    const ending = await this.executor.ending(places.record, AbortSignal.timeout(LONGEST_MS));
    if (ending === null) throw new Error('the program did not end');
    return ending;
  }

  /** Of an execution that has ended. */
  async lines({ places }: Execution, stream: OutputStream = 'stdout'): Promise<OutputLine[]> {
    const found: OutputLine[] = [];
    for (let position = OUTPUT_START; ; ) {
      const next = await readOutput(places.record, stream, position);
      if (next.lines.length === 0) return found;
      found.push(...next.lines);
      position = next.position;
    }
  }

  async said(execution: Execution): Promise<string[]> {
    return (await this.lines(execution)).map(({ text }) => text);
  }

  /** Resolves once the program has said so. */
  async hears(execution: Execution, text: string): Promise<void> {
    await expect.poll(() => this.said(execution), { timeout: LONGEST_MS, interval: 20 }).toContain(text);
  }

  /** The process that supervises it. */
  async supervisorOf({ places }: Execution): Promise<number> {
    return supervisor.parse(JSON.parse(await readFile(join(places.record, 'supervisor.json'), 'utf8'))).pid;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#folder[Symbol.asyncDispose]();
  }
}

export interface Ran {
  readonly execution: Execution;
  readonly ending: Ending;
}

export interface ExecutionChange {
  readonly job?: Partial<Omit<Job, 'limits'>> & { readonly limits?: Partial<Job['limits']> };
  readonly places?: Partial<Places>;
  readonly environment?: Execution['environment'];
}
