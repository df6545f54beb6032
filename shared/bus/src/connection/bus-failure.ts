/** What the client library throws, as one of our two families. */
import { JetStreamApiError } from '@nats-io/jetstream';
import { errors } from 'nats';
import { PermanentFailure, TransientFailure } from '../failure.ts';

/** Error codes of the JetStream API, as the server defines them. */
export const API_CODE = {
  consumerNotFound: 10014,
  noMessageFound: 10037,
  insufficientStorage: 10047,
  messageTooLarge: 10054,
  streamNotFound: 10059,
  wrongLastSequence: 10071,
  streamStoreFailed: 10077,
  wrongLastSequenceUnknown: 10164,
} as const;

export function apiCodeOf(thrown: unknown): number | null {
  return thrown instanceof JetStreamApiError ? thrown.code : null;
}

export const isWrongLastSequence = (thrown: unknown) => {
  const code = apiCodeOf(thrown);
  return code === API_CODE.wrongLastSequence || code === API_CODE.wrongLastSequenceUnknown;
};

/** `doing` completes the sentence "Could not …". */
export function asBusFailure(thrown: unknown, doing: string): TransientFailure | PermanentFailure {
  if (thrown instanceof TransientFailure || thrown instanceof PermanentFailure) return thrown;
  const message = `Could not ${doing}: ${thrown instanceof Error ? thrown.message : String(thrown)}.`;
  const cause = { cause: thrown };
  if (isNotPermitted(thrown)) return new PermanentFailure('not-permitted', message, cause);
  if (thrown instanceof errors.InvalidArgumentError || thrown instanceof errors.InvalidSubjectError) {
    return new PermanentFailure('bad-request', message, cause);
  }
  switch (apiCodeOf(thrown)) {
    case API_CODE.streamStoreFailed:
    case API_CODE.insufficientStorage:
      return new TransientFailure('stream-full', message, cause);
    case API_CODE.messageTooLarge:
      return new PermanentFailure('too-large', message, cause);
    case API_CODE.streamNotFound:
    case API_CODE.consumerNotFound:
      return new TransientFailure('topology-missing', message, cause);
    default:
      return new TransientFailure('bus-away', message, cause);
  }
}

function isNotPermitted(thrown: unknown): boolean {
  if (thrown instanceof errors.PermissionViolationError) return true;
  return thrown instanceof Error && thrown.cause !== undefined && isNotPermitted(thrown.cause);
}

/**
 * Whether the request may or may not have been carried out: no answer came. An answer of the server is certain, and a
 * connection that we closed ourselves stays closed.
 */
export const isInDoubt = (thrown: unknown): boolean => !isNotPermitted(thrown) && isUnanswered(thrown);

function isUnanswered(thrown: unknown): boolean {
  if (UNANSWERED.some((kind) => thrown instanceof kind)) return true;
  // The client turns "nobody answers" into "JetStream is not enabled", which is true for a moment of every restart.
  return thrown instanceof Error && apiCodeOf(thrown) === null && isUnanswered(thrown.cause);
}

const UNANSWERED = [
  errors.TimeoutError,
  errors.RequestError,
  errors.NoRespondersError,
  errors.ConnectionError,
];
