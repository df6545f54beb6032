/**
 * The port to whoever answers: a language model, or the playbook in its place.
 *
 * `complete` may be called again with the same request after a crash; an implementation that costs money is charged for
 * both calls, and the agent loop accounts for that by the ceiling it wrote down before each.
 */
import type { Failure, ToolCall } from '@modelwright/contracts';
import type { Message, ToolSpec } from './message.ts';

export interface ModelRequest {
  readonly system: string;
  readonly messages: readonly Message[];
  readonly tools: readonly ToolSpec[];
  readonly seed: number;
}

export interface ModelUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Integer millionths of a US dollar. */
  readonly microUsd: number;
}

export interface ModelReply {
  readonly text: string;
  readonly calls: readonly ToolCall[];
  readonly usage: ModelUsage;
}

export interface Model {
  readonly name: string;
  /** The most that answering could cost, in micro-USD: an integer that no reply's usage exceeds. */
  ceiling(request: ModelRequest): number;
  /**
   * Answers. Retries are the implementation's own matter: what it throws is the end of this attempt.
   * @throws ModelFailure when no answer can be had; the signal's reason when aborted.
   */
  complete(request: ModelRequest, signal: AbortSignal): Promise<ModelReply>;
}

/** No answer could be had. `failure.retryable` says whether another attempt later makes sense. */
export class ModelFailure extends Error {
  override readonly name = 'ModelFailure';
  readonly failure: Failure;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.message, options);
    this.failure = failure;
  }
}
