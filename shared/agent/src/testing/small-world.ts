/**
 * A world in which everything an agent does leaves a trace, and in which any operation can be the last of a process.
 *
 * Its operations are numbered; a crash is planned for a number and happens instead of that operation. What happened
 * before stays: jobs that were started, versions that were stored, money that was paid.
 */
import { createHash } from 'node:crypto';
import type { AssignmentFinished, TurnRecord, Version, WaitCondition } from '@modelwright/contracts';
import type { Model } from '@modelwright/llm';
import type { ScriptedReply } from '@modelwright/llm/testing';
import { createLogger } from '@modelwright/telemetry';
import { z } from 'zod';
import type { Agent } from '../agent.ts';
import type { Ports, Transcript, WorkTree } from '../ports.ts';
import { MemoryTranscript } from './memory-transcript.ts';
import { type WorldModelOptions, worldModel } from './world-model.ts';
import { worldTools } from './world-tools.ts';

export class Crash extends Error {
  override readonly name = 'Crash';
}

const SILENT = createLogger({ service: 'test', name: 'test', level: 'silent' });

/** How an operation of a port takes its time; a scheduler may put others between. */
export type Pace = () => Promise<void>;

export interface WorldOptions extends Omit<WorldModelOptions, 'script'> {
  /** Numbers of operations that do not happen. */
  readonly crashes?: Iterable<number>;
  /** What was written before. */
  readonly records?: readonly TurnRecord[];
}

export class SmallWorld {
  readonly transcript: MemoryTranscript;
  /** How often each job was started. */
  readonly started = new Map<string, number>();
  readonly ended = new Set<string>();
  readonly versions = new Map<string, string>();
  readonly stops: Array<{ stop: number; condition: WaitCondition }> = [];
  readonly finals: AssignmentFinished[] = [];
  /** Micro-USD that the model really took, and for how many answers. */
  paid = 0;
  asked = 0;
  operations = 0;
  clock = 1_700_000_000_000;
  readonly #model: WorldModelOptions;
  readonly #crashes: ReadonlySet<number>;
  /** Requests by turn. */
  readonly #requests = new Map<number, number>();

  constructor(script: readonly ScriptedReply[], options: WorldOptions = {}) {
    const { crashes = [], records = [], ...model } = options;
    this.#model = { script, ...model };
    this.#crashes = new Set(crashes);
    this.transcript = new MemoryTranscript(records);
  }

  /** What a new process sees of this world. */
  process(pace: Pace = () => Promise.resolve()): { agent: Agent; ports: Ports } {
    const files = new MemoryTree(this, pace);
    const agent: Agent = {
      model: this.#modelAt(pace),
      system: 'Test.',
      brief: 'Go.',
      tools: worldTools({
        get lines() {
          return files.lines;
        },
        ended: this.ended,
        start: async (job) => {
          await this.operation(pace);
          this.started.set(job, (this.started.get(job) ?? 0) + 1);
        },
      }),
    };
    return { agent, ports: { ...this.#told(pace), tree: files } };
  }

  async operation(pace: Pace): Promise<void> {
    this.operations += 1;
    if (this.#crashes.has(this.operations)) throw new Crash(`operation ${this.operations}`);
    await pace();
  }

  #told(pace: Pace): Omit<Ports, 'tree'> {
    return {
      transcript: this.#transcript(pace),
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
      logger: SILENT,
    };
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

  #modelAt(pace: Pace): Model {
    return worldModel(this.#model, {
      pay: (microUsd) => {
        this.paid += microUsd;
        this.asked += 1;
      },
      step: () => this.operation(pace),
      count: (turn) => {
        const earlier = this.#requests.get(turn) ?? 0;
        this.#requests.set(turn, earlier + 1);
        return earlier;
      },
    });
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
