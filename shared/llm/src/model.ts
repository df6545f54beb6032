/**
 * The port to whoever answers: a language model, or the playbook in its place.
 *
 * `complete` may be called again with the same request after a crash; an implementation that costs money is charged for
 * both calls, and the agent loop accounts for that by the ceiling it wrote down before each.
 *
 * One call of `complete` is paid at most once: whatever an implementation tries again within it has cost nothing so far.
 * Where that is in doubt it throws with `charge: 'ceiling'`, and the loop accounts for it before it asks again.
 */
import type { Failure, ToolCall, Usage } from '@modelwright/contracts';
import type { z } from 'zod';
import type { Message, ToolSpec } from './message.ts';

export interface ModelRequest {
  readonly system: string;
  readonly messages: readonly Message[];
  /** None: a plain answer is wanted. */
  readonly tools: readonly ToolSpec[];
  readonly seed: number;
  /** The same for requests that begin alike: providers keep what they have read under it. */
  readonly cacheKey: string;
}

export interface ModelReply {
  readonly text: string;
  /** None where the reply was cut off or refused. */
  readonly calls: readonly ToolCall[];
  readonly usage: Usage;
  /** Who answered: of several models the one that did. */
  readonly model: string;
  /** `length`: cut off by a limit on its length; `refused`: the model or its provider would not answer. */
  readonly finish: 'stop' | 'length' | 'refused';
  /** What the provider wants to see again in the next request, as it was; null for nothing. */
  readonly opaque: JsonValue | null;
}

/** As it comes from `JSON.parse`. */
export type JsonValue = z.infer<ReturnType<typeof z.json>>;

export interface Model {
  readonly name: string;
  /** Tokens of a request and its reply together; null where there is no limit. */
  readonly contextTokens: number | null;
  /** The most that answering could cost, in micro-USD: an integer that no reply's usage exceeds. */
  ceiling(request: ModelRequest): number;
  /** How many tokens the request has, estimated and rather too many; of its own reply the most it may have. */
  estimate(request: ModelRequest): { readonly inputTokens: number; readonly outputTokens: number };
  /**
   * Answers. Retries are the implementation's own matter: what it throws is the end of this attempt.
   * @throws ModelFailure when no answer can be had; the signal's reason when aborted.
   */
  complete(request: ModelRequest, signal: AbortSignal): Promise<ModelReply>;
}

/**
 * What can go wrong with a model, as `failure.kind`:
 *
 * | kind | retryable | |
 * |---|---|---|
 * | `rate-limited` | yes | 429; `retryAt` says when |
 * | `unavailable` | yes | 5xx, no connection |
 * | `stalled` | yes | nothing came for the idle time-out |
 * | `broken-reply` | yes | reset, or a stream that makes no sense |
 * | `quota-spent` | no | the account has no money left |
 * | `not-allowed` | no | 401, 403: the key |
 * | `bad-request` | no | 400, 404, 422: the model's name, a parameter |
 * | `context-overflow` | no | the request is longer than the model takes; the loop condenses and asks again |
 * | `no-model` | no | none of that name is configured |
 */
export const MODEL_FAILURES = [
  'rate-limited',
  'unavailable',
  'stalled',
  'broken-reply',
  'quota-spent',
  'not-allowed',
  'bad-request',
  'context-overflow',
  'no-model',
] as const;
export type ModelFailureKind = (typeof MODEL_FAILURES)[number];

export interface ModelFailureDetails extends ErrorOptions {
  /** `none`: it has cost nothing. `ceiling`: it may have been paid for. */
  readonly charge?: 'none' | 'ceiling';
  /** Milliseconds since the epoch: before that there is no sense in asking again. */
  readonly retryAt?: number;
  /** Who did not answer. */
  readonly model?: string;
}

/** No answer could be had. `failure.retryable` says whether another attempt later makes sense. */
export class ModelFailure extends Error {
  override readonly name = 'ModelFailure';
  readonly failure: Failure;
  readonly charge: 'none' | 'ceiling';
  readonly retryAt: number | null;
  readonly model: string | null;

  constructor(failure: Failure, details: ModelFailureDetails = {}) {
    const { charge = 'none', retryAt = null, model = null, ...options } = details;
    super(failure.message, options);
    this.failure = failure;
    this.charge = charge;
    this.retryAt = retryAt;
    this.model = model;
  }
}
