/**
 * The two families of thrown failures. Which one it is decides what becomes of a message: a transient failure gives it
 * back for later, a permanent one sends it to the dead letters.
 */
import type { Failure } from '@modelwright/contracts';

abstract class FailureError extends Error {
  /** Short and stable, for programs: `stream-full`, `unsafe-entry` … */
  readonly kind: string;
  abstract readonly retryable: boolean;

  constructor(kind: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

/** May pass by itself: a lost connection, a full stream, a worker that is late. */
export class TransientFailure extends FailureError {
  override readonly name = 'TransientFailure';
  override readonly retryable = true;
}

/** Will be the same next time. */
export class PermanentFailure extends FailureError {
  override readonly name = 'PermanentFailure';
  override readonly retryable = false;
}

/** A thrown failure as data; anything else that was thrown is an `unexpected` one. */
export function toFailure(thrown: unknown, origin: string): Failure {
  const known = thrown instanceof FailureError;
  return {
    kind: known ? thrown.kind : 'unexpected',
    message: thrown instanceof Error ? thrown.message : String(thrown),
    retryable: known && thrown.retryable,
    origin,
    causes: causesOf(thrown),
  };
}

/** The messages of the causes, outermost first; at most ten, since a chain may close upon itself. */
function causesOf(thrown: unknown): string[] {
  const causes: string[] = [];
  let cause = thrown instanceof Error ? thrown.cause : undefined;
  while (cause !== undefined && causes.length < 10) {
    causes.push(cause instanceof Error ? cause.message : String(cause));
    cause = cause instanceof Error ? cause.cause : undefined;
  }
  return causes;
}
