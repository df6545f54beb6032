/** A model that says what a script says. */
import type { ToolCall } from '@modelwright/contracts';
import type { Model, ModelReply, ModelRequest } from '../model.ts';

/** A line of a script: text, calls, or both; a function writes the line from the request. */
export interface ScriptedReply {
  readonly text?: string;
  readonly calls?: ReadonlyArray<{ readonly name: string; readonly args: unknown }>;
  readonly microUsd?: number;
  readonly finish?: ModelReply['finish'];
}
export type ScriptLine = ScriptedReply | ((request: ModelRequest) => ScriptedReply);

/**
 * Answers the nth turn with the nth line, counted by the replies that the conversation already holds: so it goes on at
 * the right place whoever asks, like a model that is a function of its request. Remembers every request.
 */
export class ScriptedModel implements Model {
  readonly name = 'scripted';
  readonly contextTokens: number | null = null;
  readonly requests: ModelRequest[] = [];
  readonly #script: readonly ScriptLine[];
  readonly #ceiling: number;

  constructor(script: readonly ScriptLine[], ceilingMicroUsd = 0) {
    this.#script = script;
    this.#ceiling = ceilingMicroUsd;
  }

  ceiling(): number {
    return this.#ceiling;
  }

  estimate(): { inputTokens: number; outputTokens: number } {
    return { inputTokens: 10, outputTokens: 5 };
  }

  complete(request: ModelRequest, signal: AbortSignal): Promise<ModelReply> {
    if (signal.aborted) return Promise.reject(signal.reason);
    this.requests.push(request);
    const turn = request.messages.filter((message) => message.role === 'assistant').length;
    const line = this.#script[turn];
    if (line === undefined) return Promise.reject(new Error(`the script has no line for turn ${turn + 1}`));
    const said = typeof line === 'function' ? line(request) : line;
    const calls = (said.calls ?? []).map((call, index) => scriptedCall(turn, index, call));
    const usage = {
      inputTokens: 10,
      cachedTokens: 0,
      outputTokens: 5,
      reasoningTokens: 0,
      microUsd: said.microUsd ?? 0,
      priced: true,
    };
    const reply = { text: said.text ?? '', calls, usage, model: this.name, finish: said.finish ?? 'stop' };
    return Promise.resolve({ ...reply, opaque: null });
  }
}

function scriptedCall(turn: number, index: number, call: { name: string; args: unknown }): ToolCall {
  const text = typeof call.args === 'string' ? call.args : JSON.stringify(call.args);
  return { id: `call-${turn}-${index}`, name: call.name, arguments: text };
}
