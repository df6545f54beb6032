/**
 * Agents of the real loop, asked by a provider that is paid: on a stage where processes die, deliveries repeat, answers get
 * lost after they were paid for, and final messages come twice.
 */
import { defineTool, type Ports, succeeded, type Tool, work } from '@modelwright/agent';
import { MemoryTranscript } from '@modelwright/agent/testing';
import type { Assignment, AssignmentFinished, WorkResult } from '@modelwright/contracts';
import { costOf, type Model, ModelFailure, type ModelRequest, mostCost, type Price } from '@modelwright/llm';
import { createLogger } from '@modelwright/telemetry';
import { z } from 'zod';
import { oofOf, plan, trained, version } from '../core/testing/samples.ts';
import type { Chance } from './chance.ts';
import { Killed, type Stage } from './stage.ts';

const PRICE: Price = { input: 1, cachedInput: 0.1, output: 8, source: 'this test', long: null };
const MOST_OUTPUT = 300;
const REFUSED = { kind: 'unavailable', message: 'not now', retryable: true, origin: 'test', causes: [] };
const STALLED = { ...REFUSED, kind: 'stalled', message: 'no more came' };

export interface Surroundings {
  readonly chance: Chance;
  readonly stage: Stage;
  /** Of a hundred calls so many are refused, and so many answers lost; of a hundred deliveries so many happen twice. */
  readonly trouble: number;
  now(): number;
  /** Whether the run still goes on. */
  isOpen(): boolean;
  /** The final message, told to the run. */
  tell(final: AssignmentFinished): void;
  /** Money has been taken. */
  paid(): void;
}

export class PaidAgents {
  /** What the provider really took, micro-USD, by assignment. */
  readonly taken = new Map<string, number>();
  kills = 0;
  /** Answers that were paid for and never heard. */
  lost = 0;
  mostAtOnce = 0;
  readonly #around: Surroundings;
  #atWork = 0;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  get total(): number {
    return [...this.taken.values()].reduce((sum, one) => sum + one, 0);
  }

  /** Resolves when the assignment has ended, however many processes that took. */
  async serve(assignment: Assignment): Promise<void> {
    this.#atWork += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#atWork);
    const transcript = new MemoryTranscript();
    const deliver = () => this.#untilEnd(assignment, transcript);
    // Now and then a message is delivered again while its first holder still works.
    await (this.#around.chance.percent(2 * this.#around.trouble)
      ? Promise.all([deliver(), deliver()])
      : deliver());
    this.#atWork -= 1;
  }

  async #untilEnd(assignment: Assignment, transcript: MemoryTranscript): Promise<void> {
    for (;;) {
      await this.#around.stage.pause();
      try {
        const agent = { ...this.#agent(assignment), system: 'Work.', brief: 'Go.' };
        const end = await work({ assignment, agent }, this.#ports(transcript), new AbortController().signal);
        if (end.kind === 'finished') return;
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
        this.kills += 1;
      }
    }
  }

  #ports(transcript: MemoryTranscript): Ports {
    const { stage, now, isOpen, tell, chance, trouble } = this.#around;
    const holder = transcript.hold();
    return {
      transcript: {
        load: () => holder.load(),
        async append(record) {
          await stage.step();
          const outcome = await holder.append(record);
          await stage.step();
          return outcome;
        },
      },
      inbox: {
        parked: () => Promise.resolve(),
        async finished(final) {
          tell(final);
          await stage.step();
          if (chance.percent(trouble)) tell(final);
        },
      },
      tree: null,
      control: () => Promise.resolve({ state: isOpen() ? 'open' : 'closed', reason: 'the run is over' }),
      now,
      worker: 'test',
      logger: createLogger({ service: 'test', name: 'test', level: 'silent' }),
    };
  }

  #agent(assignment: Assignment): { model: Model; tools: Tool[] } {
    const turns = 2 + this.#around.chance.below(20);
    return { model: this.#model(assignment.id, turns), tools: [look, submit(resultOf(assignment))] };
  }

  #model(assignment: string, turns: number): Model {
    const { chance, stage, trouble } = this.#around;
    return {
      name: 'paid',
      contextTokens: null,
      ceiling: (request) => mostCost({ inputTokens: bytesOf(request), outputTokens: MOST_OUTPUT }, PRICE),
      estimate: (request) => ({ inputTokens: bytesOf(request), outputTokens: MOST_OUTPUT }),
      complete: async (request) => {
        await stage.step();
        if (chance.percent(trouble)) throw new ModelFailure(REFUSED, { model: 'paid' });
        const counts = this.#drawCounts(request);
        const { microUsd } = costOf(counts, PRICE);
        this.taken.set(assignment, (this.taken.get(assignment) ?? 0) + microUsd);
        this.#around.paid();
        this.lost += 1;
        await stage.step();
        if (chance.percent(trouble)) throw new ModelFailure(STALLED, { model: 'paid', charge: 'ceiling' });
        this.lost -= 1;
        const turn = request.messages.filter(({ role }) => role === 'assistant').length + 1;
        const name = turn >= turns || request.tools.length === 1 ? 'submit' : 'look';
        const call = { id: `call-${turn}`, name, arguments: JSON.stringify({ at: turn }) };
        const usage = { ...counts, reasoningTokens: 0, microUsd, priced: true };
        return { text: '', calls: [call], usage, model: 'paid', finish: 'stop', opaque: null };
      },
    };
  }

  /** What a tokenizer and a model might make of it. */
  #drawCounts(request: ModelRequest) {
    const { chance } = this.#around;
    const inputTokens = Math.ceil((bytesOf(request) * (20 + chance.below(81))) / 100);
    return {
      inputTokens,
      cachedTokens: chance.below(inputTokens),
      outputTokens: 1 + chance.below(MOST_OUTPUT),
    };
  }
}

const bytesOf = (request: ModelRequest) => Buffer.byteLength(JSON.stringify(request));

const at = z.object({ at: z.int() });

const look = defineTool({
  name: 'look',
  description: 'Looks.',
  args: at,
  run: (args) => Promise.resolve(succeeded(`There are ${args.at} things to see here.`)),
});

function submit(result: WorkResult): Tool {
  return defineTool({
    name: 'submit',
    description: 'Hands over.',
    ends: true,
    args: at,
    run: () => Promise.resolve({ kind: 'final', content: 'handed over', result }),
  });
}

function resultOf({ work: asked, candidate }: Assignment): WorkResult {
  switch (asked.role) {
    case 'designer':
      return { role: 'designer', plans: Array.from({ length: asked.count }, (_, n) => plan(`plan ${n}`)) };
    case 'coder':
      return {
        role: 'coder',
        plan: asked.plan ?? plan('floor'),
        version: version(candidate),
        smokeSeconds: 1,
      };
    case 'tuner': {
      const trial = { job: 'j', config: {}, outcome: 'finished' as const, oof: oofOf(candidate), seconds: 1 };
      return { role: 'tuner', trained: trained(candidate), trials: [trial], reason: 'best' };
    }
    case 'manager':
      return { role: 'manager', actions: [], reason: 'wait' };
    case 'aggregator':
      return { role: 'aggregator', blend: null, reason: 'no blend' };
    default:
      throw new Error(`no agent is asked for ${asked.role}`);
  }
}
