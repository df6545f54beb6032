/** The agent loop reduced to what a policy sees of it: a conversation that grows by replies and results. */
import { type Brief, type Message, type Model, renderBrief } from '@modelwright/llm';
import type { Step } from '../steps.ts';

export interface Result {
  readonly content: string;
  readonly failed?: boolean;
  /** The assignment ends with this call. */
  readonly final?: boolean;
}

/** Answers a call. */
export type Toolbox = (name: string, args: Readonly<Record<string, unknown>>) => Result | Promise<Result>;

export interface Conversation {
  readonly steps: readonly Step[];
  /** The last words, when it ended without a call. */
  readonly gaveUp: string | null;
}

const MOST_TURNS = 60;

/** Until the model calls what ends the assignment, or calls nothing. @throws when it never ends. */
export async function converse(model: Model, brief: Brief, toolbox: Toolbox): Promise<Conversation> {
  const messages: Message[] = [{ role: 'user', text: renderBrief(brief) }];
  const steps: Step[] = [];
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    const request = { system: 'Work.', messages: [...messages], tools: [], seed: turn, cacheKey: 'test' };
    const { text, calls, model: name } = await model.complete(request, new AbortController().signal);
    messages.push({ role: 'assistant', text, calls, opaque: null, model: name });
    const call = calls[0];
    if (call === undefined) return { steps, gaveUp: text };
    const args = JSON.parse(call.arguments);
    const { content, failed = false, final = false } = await toolbox(call.name, args);
    steps.push({ name: call.name, args, content, failed });
    if (final) return { steps, gaveUp: null };
    messages.push({ role: 'tool', callId: call.id, content, failed });
  }
  throw new Error(`no end after ${MOST_TURNS} turns; the last call was ${steps.at(-1)?.name}`);
}
