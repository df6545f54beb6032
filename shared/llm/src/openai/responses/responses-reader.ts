/** Puts an answer together from what servers send for Responses. */
import type { ToolCall } from '@modelwright/contracts';
import { MOST_CALLS, MOST_TEXT, shortened } from '../reply-limits.ts';
import { withoutThoughts } from '../text-parts.ts';
import { type AnswerReader, BrokenReply, type WireAnswer, type WireUsage } from '../wire-api.ts';
import {
  functionCallItem,
  messageItem,
  type OutputItem,
  type ResponseObject,
  type ResponsesUsage,
  responsesEvent,
} from './responses-event.ts';

/** The provider says of the response that it failed. */
export class FailedResponse extends Error {
  override readonly name = 'FailedResponse';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Events that come before anything of the answer does. */
const PRELUDE = new Set(['response.created', 'response.in_progress', 'response.queued']);

export class ResponsesReader implements AnswerReader {
  readonly #items: OutputItem[] = [];
  #end: ResponseObject | null = null;
  #begun = false;

  take(event: unknown): void {
    const read = responsesEvent.safeParse(event);
    if (!read.success) throw new BrokenReply('an event is none of Responses', { cause: read.error });
    const said = read.data;
    if ('item' in said) this.#items.push(said.item);
    else if ('response' in said) this.#end = said.response;
    else if ('status' in said) this.#end = said;
    this.#begun ||= !('type' in said && PRELUDE.has(said.type));
  }

  get begun(): boolean {
    return this.#begun;
  }

  get complete(): boolean {
    return this.#end !== null && this.#end.status !== 'failed';
  }

  answer(): WireAnswer {
    const end = this.#end;
    if (end === null) throw new BrokenReply('the reply ended before it was complete');
    if (end.status === 'failed') {
      throw new FailedResponse(
        end.error?.code ?? 'server_error',
        end.error?.message ?? 'the response failed',
      );
    }
    const items = this.#items.length > 0 ? this.#items : (end.output ?? []);
    const { text, refused } = messages(items);
    const calls = items.flatMap(callOf);
    const cut = text.length > MOST_TEXT || calls.length > MOST_CALLS || calls.some(isTooLong);
    const finish = cut ? 'length' : refused ? 'refused' : finishOf(end);
    return {
      text: cut ? shortened(text) : withoutThoughts(text),
      calls,
      finish,
      opaque: items.some(isThought) ? { items } : null,
      usage: end.usage == null ? null : counted(end.usage),
    };
  }
}

function messages(items: readonly OutputItem[]): { text: string; refused: boolean } {
  const parts = items.flatMap((item) => {
    const message = messageItem.safeParse(item);
    return message.success ? message.data.content : [];
  });
  const refusals = parts.flatMap((part) => ('refusal' in part ? [part.refusal] : []));
  const texts = parts.flatMap((part) => ('text' in part ? [part.text] : []));
  return { text: (refusals.length > 0 ? refusals : texts).join(''), refused: refusals.length > 0 };
}

function callOf(item: OutputItem): ToolCall[] {
  const call = functionCallItem.safeParse(item);
  if (!call.success) return [];
  const { call_id: id, name, arguments: args } = call.data;
  return [{ id, name, arguments: args === '' ? '{}' : args }];
}

function isTooLong(call: ToolCall): boolean {
  return call.arguments.length > MOST_TEXT;
}

/** Without thoughts the answer can be told from its text and calls. */
function isThought(item: OutputItem): boolean {
  return item['type'] === 'reasoning';
}

function finishOf({ status, incomplete_details: details }: ResponseObject): WireAnswer['finish'] {
  if (status !== 'incomplete') return 'stop';
  return details?.reason === 'content_filter' ? 'refused' : 'length';
}

function counted(usage: ResponsesUsage): WireUsage {
  return {
    inputTokens: usage.input_tokens,
    cachedTokens: Math.min(usage.input_tokens, usage.input_tokens_details?.cached_tokens ?? 0),
    outputTokens: usage.output_tokens,
    reasoningTokens: usage.output_tokens_details?.reasoning_tokens ?? 0,
    statedUsd: null,
  };
}
