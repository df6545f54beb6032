/** What the two APIs have in common, as the model behind them sees it. */
import type { ToolCall } from '@modelwright/contracts';
import type { Message, ToolSpec } from '../message.ts';
import type { JsonValue } from '../model.ts';
import type { Refusals } from './refusals.ts';
import type { WireOptions } from './wire-options.ts';

/** A request as it is to go out: where the model has no function calling, the tools are in the texts by now. */
export interface WireRequest {
  readonly system: string;
  readonly messages: readonly Message[];
  readonly tools: readonly ToolSpec[];
  readonly cacheKey: string;
  /** What the text of the reply must be; null for any text. */
  readonly format: ReplyFormat | null;
}

export interface ReplyFormat {
  /** What a reply has to look like. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** What the server may be asked to enforce. */
  readonly enforce: 'json_schema' | 'json_object';
}

/** As the provider counted. Cached tokens are part of the input, reasoning tokens of the output. */
export interface WireUsage {
  readonly inputTokens: number;
  readonly cachedTokens: number;
  readonly outputTokens: number;
  readonly reasoningTokens: number;
  /** What the provider says the call cost; null where it says nothing. */
  readonly statedUsd: number | null;
}

export interface WireAnswer {
  readonly text: string;
  /** As far as they came. */
  readonly calls: readonly ToolCall[];
  readonly finish: 'stop' | 'length' | 'refused';
  readonly opaque: JsonValue | null;
  readonly usage: WireUsage | null;
}

/** Puts an answer together from what a server sends. */
export interface AnswerReader {
  /**
   * The next event of a stream, or the one body of an answer without a stream.
   * @throws BrokenReply for what makes no sense.
   */
  take(event: unknown): void;
  /** Something of the answer itself has come. */
  readonly begun: boolean;
  /** Nothing of the answer is missing, whatever else the stream may bring. */
  readonly complete: boolean;
  /** @throws BrokenReply when the answer is not complete. */
  answer(): WireAnswer;
}

export interface WireApi {
  readonly path: string;
  body(request: WireRequest, options: WireOptions, refusals: Refusals): object;
  reader(): AnswerReader;
}

/** The server's reply makes no sense, or ended before it was complete. */
export class BrokenReply extends Error {
  override readonly name = 'BrokenReply';
}
