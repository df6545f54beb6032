/** A model of a small world: says what a script says, fails when it is told to, and is paid for every answer. */
import type { ToolCall } from '@modelwright/contracts';
import type { Model, ModelFailure, ModelReply, ModelRequest } from '@modelwright/llm';
import type { ScriptedReply } from '@modelwright/llm/testing';

export const CEILING = 10;
export const PRICE = 4;
/** Of a summary. */
export const SUMMARY_PRICE = 3;

export interface WorldModelOptions {
  readonly script: readonly ScriptedReply[];
  /** Tokens of a request and its reply together. */
  readonly contextTokens?: number | null;
  /** The most tokens of a reply. */
  readonly outputTokens?: number;
  /**
   * Why there is no answer to a request, by its turn and by how many requests for it came before; a summary is asked for
   * under the number of the turn that follows it.
   */
  fault?(turn: number, earlier: number, request: ModelRequest): ModelFailure | null;
}

export interface Till {
  pay(microUsd: number): void;
  /** Every step that could be the last of the process. */
  step(): Promise<void>;
  /** How many requests for a turn came before, this one not counted. */
  count(turn: number): number;
}

/** Which turn it is, it reads from the status: conversations may have been shortened. */
export function worldModel(options: WorldModelOptions, till: Till): Model {
  const { contextTokens = null, outputTokens = 5 } = options;
  return {
    name: 'scripted',
    contextTokens,
    estimate: () => ({ inputTokens: 10, outputTokens }),
    ceiling: () => CEILING,
    complete: async (request, signal) => {
      if (signal.aborted) throw signal.reason;
      await till.step();
      const turn = turnOf(request);
      const fault = options.fault?.(turn, till.count(turn), request) ?? null;
      if (fault !== null) {
        if (fault.charge === 'ceiling') till.pay(PRICE);
        throw fault;
      }
      const reply = turn === SUMMARY ? summary() : replyOf(options.script[turn - 1], turn);
      till.pay(reply.usage.microUsd);
      await till.step();
      return reply;
    },
  };
}

/** In the place of a turn's number. */
export const SUMMARY = 0;

function turnOf({ messages }: ModelRequest): number {
  const last = messages.at(-1);
  const found = last?.role === 'user' ? /\bturn (\d+) of \d+/.exec(last.text) : null;
  return found === null ? SUMMARY : Number(found[1]);
}

function replyOf(line: ScriptedReply | undefined, turn: number): ModelReply {
  if (line === undefined) throw new Error(`the script has no line for turn ${turn}`);
  const calls = (line.calls ?? []).map(({ name, args }, index): ToolCall => {
    const text = typeof args === 'string' ? args : JSON.stringify(args);
    return { id: `call-${turn}-${index}`, name, arguments: text };
  });
  const { text = '', finish = 'stop', microUsd = PRICE } = line;
  return { text, calls, usage: usageOf(microUsd), model: 'scripted', finish, opaque: null };
}

function summary(): ModelReply {
  const usage = usageOf(SUMMARY_PRICE);
  return { text: 'It went well so far.', calls: [], usage, model: 'scripted', finish: 'stop', opaque: null };
}

function usageOf(microUsd: number): ModelReply['usage'] {
  return { inputTokens: 10, cachedTokens: 4, outputTokens: 5, reasoningTokens: 1, microUsd, priced: true };
}
