/** An assignment in work: what is known of it, what its requests are made of, and the way to write down more. */
import type { Assignment, TurnRecord } from '@modelwright/contracts';
import type { Message, Model, ModelRequest } from '@modelwright/llm';
import type { Agent } from './agent.ts';
import { canonicalHash } from './canonical-hash.ts';
import type { Conversed } from './core/condensation.ts';
import { conversation } from './core/conversation.ts';
import type { Demand } from './core/limits.ts';
import { advance, type Progress, progressOf } from './core/progress.ts';
import { tokensOf } from './core/tokens.ts';
import type { Ports } from './ports.ts';
import type { Tool } from './tool.ts';

export class Desk {
  readonly assignment: Assignment;
  readonly agent: Agent;
  readonly ports: Ports;
  /** Names of the tools that hand over, and of those that watch what changes by itself. */
  readonly endings: readonly string[];
  readonly watching: ReadonlySet<string>;
  readonly #records: TurnRecord[];
  readonly #otherTokens: number;
  #progress: Progress;
  #treeIsReady = false;

  private constructor(assignment: Assignment, agent: Agent, ports: Ports, records: readonly TurnRecord[]) {
    this.assignment = assignment;
    this.agent = agent;
    this.ports = ports;
    this.endings = namesOf(agent.tools.filter(({ ends }) => ends));
    this.watching = new Set(namesOf(agent.tools.filter(({ polls }) => polls)));
    this.#records = [...records];
    this.#progress = progressOf(records);
    this.#otherTokens = tokensOf(agent.system) + tokensOf(JSON.stringify(specsOf(agent.tools)));
  }

  static async open(assignment: Assignment, agent: Agent, ports: Ports): Promise<Desk> {
    return new Desk(assignment, agent, ports, await ports.transcript.load());
  }

  get transcript(): readonly TurnRecord[] {
    return this.#records;
  }

  get progress(): Progress {
    return this.#progress;
  }

  /** For judging how long the conversation has become. */
  get talk(): Conversed {
    const { brief } = this.agent;
    return {
      brief,
      transcript: this.#records,
      progress: this.#progress,
      otherTokens: this.#otherTokens,
    };
  }

  conversation(): Message[] {
    return conversation(this.agent.brief, this.#records);
  }

  request(messages: readonly Message[], tools: readonly Tool[]): ModelRequest {
    const { run, seed, work } = this.assignment;
    return {
      system: this.agent.system,
      messages,
      tools: specsOf(tools),
      seed,
      cacheKey: `${run}:${work.role}`,
    };
  }

  /** What all requests begin with, and how long they may be: a record of who took the assignment up, and with what. */
  beginning(): Pick<Extract<TurnRecord, { type: 'taken' }>, 'prefix' | 'room'> {
    const { model, system, brief, tools } = this.agent;
    const prefix = {
      system: canonicalHash(system),
      brief: canonicalHash(brief),
      tools: canonicalHash(specsOf(tools)),
    };
    const { contextTokens } = model;
    if (contextTokens === null) return { prefix };
    const { outputTokens } = model.estimate(this.request([{ role: 'user', text: brief }], tools));
    // However long replies may become, half of it is for the conversation.
    return {
      prefix,
      room: Math.max(1, Math.ceil(contextTokens - Math.min(outputTokens, contextTokens / 2))),
    };
  }

  /** False when somebody else has written: the assignment is theirs, and nothing more may be done here. */
  async append(record: TurnRecord): Promise<boolean> {
    if ((await this.ports.transcript.append(record)) === 'lost') return false;
    this.#records.push(record);
    this.#progress = advance(this.#progress, record);
    return true;
  }

  /** The files as of the last result, whatever an earlier worker left unrecorded. */
  async prepareTree(): Promise<void> {
    if (this.#treeIsReady) return;
    const { version, since } = this.#progress;
    await this.ports.tree?.restore(version, since ?? this.ports.now());
    this.#treeIsReady = true;
  }
}

/** Of so many replies to requests like this one. */
export function demandOf(model: Model, request: ModelRequest, replies: Demand['replies']): Demand {
  const { inputTokens, outputTokens } = model.estimate(request);
  return { replies, ceilingMicroUsd: model.ceiling(request), tokens: inputTokens + outputTokens };
}

function specsOf(tools: readonly Tool[]) {
  return tools.map(({ spec }) => spec);
}

function namesOf(tools: readonly Tool[]): string[] {
  return tools.map(({ spec }) => spec.name);
}
