/** A model whose attempts go as told: a failure, or a reply. */
import {
  type Model,
  ModelFailure,
  type ModelFailureDetails,
  type ModelFailureKind,
  type ModelReply,
} from '../model.ts';

/** What becomes of an attempt: the text of a reply, or why there is none. */
export type Attempt = string | ModelFailure;

/** Attempts beyond those told go as the last. */
export class UnsteadyModel implements Model {
  readonly name: string;
  readonly contextTokens: number | null;
  attempts = 0;
  readonly #goes: readonly Attempt[];
  readonly #ceiling: number;

  constructor(name: string, goes: readonly Attempt[], { ceiling = 100, contextTokens = 1000 } = {}) {
    this.name = name;
    this.#goes = goes;
    this.#ceiling = ceiling;
    this.contextTokens = contextTokens;
  }

  ceiling(): number {
    return this.#ceiling;
  }

  estimate(): { inputTokens: number; outputTokens: number } {
    return { inputTokens: this.#ceiling, outputTokens: 5 };
  }

  complete(): Promise<ModelReply> {
    const goes = this.#goes[this.attempts] ?? this.#goes.at(-1);
    this.attempts += 1;
    if (goes === undefined || goes instanceof ModelFailure) {
      return Promise.reject(goes ?? new Error('nothing was told of any attempt'));
    }
    const usage = {
      inputTokens: 10,
      cachedTokens: 0,
      outputTokens: 5,
      reasoningTokens: 0,
      microUsd: 1,
      priced: true,
    };
    return Promise.resolve({ text: goes, calls: [], usage, model: this.name, finish: 'stop', opaque: null });
  }
}

const PASSING: readonly ModelFailureKind[] = ['rate-limited', 'unavailable', 'stalled', 'broken-reply'];

/** A failure as an adapter would report it. */
export function modelFailure(kind: ModelFailureKind, details: ModelFailureDetails = {}): ModelFailure {
  const failure = {
    kind,
    message: `it was ${kind}`,
    retryable: PASSING.includes(kind),
    origin: 'test',
    causes: [],
  };
  return new ModelFailure(failure, details);
}
