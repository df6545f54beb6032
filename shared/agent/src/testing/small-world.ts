/**
 * A world in which everything an agent does leaves a trace, and in which any operation can be the last of a process.
 *
 * Its operations are numbered; a crash is planned for a number and happens instead of that operation. What happened
 * before stays: jobs that were started, versions that were stored, money that was paid.
 */
import { createHash } from 'node:crypto';
import type { AssignmentFinished, TurnRecord, Version, WaitCondition } from '@modelwright/contracts';
import type { Model } from '@modelwright/llm';
import { ScriptedModel, type ScriptLine, samplePlan } from '@modelwright/llm/testing';
import { createLogger } from '@modelwright/telemetry';
import { z } from 'zod';
import type { Agent } from '../agent.ts';
import type { Ports, Transcript, WorkTree } from '../ports.ts';
import { defineTool, failed, succeeded, type Tool } from '../tool.ts';
import { MemoryTranscript } from './memory-transcript.ts';

export class Crash extends Error {
  override readonly name = 'Crash';
}

export const CEILING = 10;
export const PRICE = 4;

/** How an operation of a port takes its time; a scheduler may put others between. */
export type Pace = () => Promise<void>;

export class SmallWorld {
  readonly transcript: MemoryTranscript;
  /** How often each job was started. */
  readonly started = new Map<string, number>();
  readonly ended = new Set<string>();
  readonly versions = new Map<string, string>();
  readonly stops: Array<{ stop: number; condition: WaitCondition }> = [];
  readonly finals: AssignmentFinished[] = [];
  /** Micro-USD that the model really took. */
  paid = 0;
  asked = 0;
  operations = 0;
  clock = 1_700_000_000_000;
  readonly #script: readonly ScriptLine[];
  readonly #crashes: ReadonlySet<number>;

  constructor(
    script: readonly ScriptLine[],
    crashes: Iterable<number> = [],
    records: readonly TurnRecord[] = [],
  ) {
    this.#script = script;
    this.#crashes = new Set(crashes);
    this.transcript = new MemoryTranscript(records);
  }

  /** What a new process sees of this world. */
  process(pace: Pace = () => Promise.resolve()): { agent: Agent; ports: Ports } {
    const files = new MemoryTree(this, pace);
    const agent: Agent = {
      model: this.#model(pace),
      system: 'Test.',
      brief: 'Go.',
      tools: toolsOf(this, files, pace),
    };
    const ports: Ports = {
      transcript: this.#transcript(pace),
      tree: files,
      inbox: {
        parked: async (stop, condition) => {
          await this.operation(pace);
          this.stops.push({ stop, condition });
        },
        finished: async (final) => {
          await this.operation(pace);
          this.finals.push(final);
        },
      },
      control: () => Promise.resolve({ state: 'open', reason: '' }),
      now: () => (this.clock += 1),
      worker: 'test',
      logger: createLogger({ service: 'test', name: 'test', level: 'silent' }),
    };
    return { agent, ports };
  }

  async operation(pace: Pace): Promise<void> {
    this.operations += 1;
    if (this.#crashes.has(this.operations)) throw new Crash(`operation ${this.operations}`);
    await pace();
  }

  #transcript(pace: Pace): Transcript {
    const holder = this.transcript.hold();
    return {
      load: () => holder.load(),
      append: async (record) => {
        await this.operation(pace);
        const outcome = await holder.append(record);
        await this.operation(pace);
        return outcome;
      },
    };
  }

  #model(pace: Pace): Model {
    const scripted = new ScriptedModel(this.#script, CEILING);
    return {
      name: scripted.name,
      contextTokens: null,
      estimate: () => scripted.estimate(),
      ceiling: () => CEILING,
      complete: async (request, signal) => {
        await this.operation(pace);
        const reply = await scripted.complete(request, signal);
        this.asked += 1;
        this.paid += PRICE;
        await this.operation(pace);
        return { ...reply, usage: { ...reply.usage, microUsd: PRICE } };
      },
    };
  }
}

/** Files as lines of one text. Its versions live in the world; what is not saved dies with the process. */
class MemoryTree implements WorkTree {
  lines: string[] = ['left over by whoever was here before'];
  readonly #world: SmallWorld;
  readonly #pace: Pace;

  constructor(world: SmallWorld, pace: Pace) {
    this.#world = world;
    this.#pace = pace;
  }

  restore(version: Version | null): Promise<void> {
    const content = version === null ? '[]' : this.#world.versions.get(version.bundle.sha256);
    if (content === undefined) throw new Error('a recorded version was never stored');
    this.lines = z.array(z.string()).parse(JSON.parse(content));
    return Promise.resolve();
  }

  async save(): Promise<{ kind: 'saved'; version: Version }> {
    await this.#world.operation(this.#pace);
    const content = JSON.stringify(this.lines);
    const sha256 = createHash('sha256').update(content).digest('hex');
    this.#world.versions.set(sha256, content);
    await this.#world.operation(this.#pace);
    const bundle = { kind: 'blob', store: 'workspaces', sha256, size: content.length } as const;
    return { kind: 'saved', version: { commit: sha256.slice(0, 40), bundle } };
  }
}

function toolsOf(world: SmallWorld, files: MemoryTree, pace: Pace): Tool[] {
  const start = defineTool({
    name: 'start',
    description: 'Starts a job.',
    args: z.object({}),
    run: async (_args, call) => {
      await world.operation(pace);
      world.started.set(call.jobId, (world.started.get(call.jobId) ?? 0) + 1);
      return succeeded(call.jobId);
    },
  });
  const look = (jobs: readonly string[], said: string) =>
    jobs.every((job) => world.ended.has(job))
      ? succeeded(`${said}: ${jobs.join(' ')}`)
      : { kind: 'wait' as const, condition: { jobs: [...jobs], until: null } };
  const wait = defineTool({
    name: 'wait',
    description: 'Waits for jobs.',
    args: z.object({ jobs: z.array(z.string()).min(1) }),
    run: ({ jobs }) => Promise.resolve(look(jobs, 'had ended')),
    resume: ({ jobs }) => Promise.resolve(look(jobs, 'have ended')),
  });
  const append = defineTool({
    name: 'append',
    description: 'Appends a line. Done twice it would show.',
    args: z.object({ line: z.string() }),
    run: ({ line }) => {
      files.lines.push(line);
      return Promise.resolve(succeeded(`${files.lines.length} lines`));
    },
  });
  const fail = defineTool({
    name: 'fail',
    description: 'Fails.',
    args: z.object({}),
    run: () => Promise.resolve(failed('as asked')),
  });
  const submit = defineTool({
    name: 'submit',
    description: 'Ends the work.',
    args: z.object({}),
    run: () => {
      const plan = { ...samplePlan, summary: files.lines.join('|') };
      return Promise.resolve({
        kind: 'final' as const,
        content: 'submitted',
        result: { role: 'designer' as const, plans: [plan] },
      });
    },
  });
  return [start, wait, append, fail, submit];
}
