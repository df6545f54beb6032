/** What is to be done next in an assignment that is not finished, from its transcript alone. */
import type { Failure, ToolCall } from '@modelwright/contracts';
import { failure } from './failure.ts';
import type { Progress } from './progress.ts';
import { hopeless } from './stumbles.ts';

export type Step =
  | { readonly kind: 'give-up'; readonly failure: Failure }
  | { readonly kind: 'ask'; readonly turn: number }
  | { readonly kind: 'call'; readonly next: PendingCall };

export interface PendingCall {
  readonly turn: number;
  readonly index: number;
  readonly call: ToolCall;
  /** When the reply was recorded. */
  readonly at: number;
  /** It has stopped to wait before. */
  readonly waited: boolean;
}

/** An assignment that ends its worker's life so often would go on doing so. */
const MOST_FRUITLESS_TAKES = 3;

export function nextStep(progress: Progress): Step {
  const { reply, answered } = progress;
  const call = reply?.calls[answered];
  if (reply !== null && call !== undefined) {
    const { turn, at } = reply;
    return { kind: 'call', next: { turn, index: answered, call, at, waited: progress.waiting } };
  }
  const reason = hopeless(progress.stumbles);
  if (reason !== null) return { kind: 'give-up', failure: reason };
  return { kind: 'ask', turn: progress.turns + 1 };
}

/** Judged when an assignment is delivered, before it is taken up once more. */
export function poison(progress: Progress): Failure | null {
  if (progress.takes < MOST_FRUITLESS_TAKES) return null;
  return failure('poison', `it was taken up ${progress.takes} times in a row and nothing came of it`);
}
