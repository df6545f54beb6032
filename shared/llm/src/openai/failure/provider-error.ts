/**
 * What a provider's error means. Status codes are believed first; where several things share one, the code in the body,
 * and the words only where servers have no code for it.
 */
import type { APIError } from 'openai';
import type { ModelFailureKind } from '../../model.ts';

/** `content-filter`: the provider would not have the request answered. */
export type ProviderError = ModelFailureKind | 'content-filter';

const QUOTA = new Set([
  'insufficient_quota',
  'insufficient_balance',
  'billing_hard_limit_reached',
  'billing_not_active',
  'credit_balance_too_low',
]);
const TOO_LONG_CODES = new Set(['context_length_exceeded', 'request_too_large']);
const TOO_LONG =
  /context (?:length|window|size)|maximum context|prompt is too long|input is too long|too many (?:input )?tokens|request too large|exceeds? the (?:model'?s )?(?:maximum|available)[^.]{0,30}(?:tokens|context|length)|reduce the length/i;
const FILTER_CODES = new Set([
  'content_filter',
  'content_policy_violation',
  'ResponsibleAIPolicyViolation',
  'invalid_prompt',
]);
const LIMIT_CODES = new Set(['rate_limit_exceeded', 'rate_limit_error', 'too_many_requests', '429']);
const SERVER_CODES = new Set([
  'server_error',
  'internal_error',
  'overloaded_error',
  'timeout',
  '500',
  '502',
  '503',
]);

export interface ErrorFacts {
  /** Null for an error inside a stream. */
  readonly status: number | null;
  readonly codes: readonly string[];
  readonly message: string;
}

export function factsOf(error: APIError): ErrorFacts {
  const codes = [error.code, error.type].flatMap((code: unknown) =>
    typeof code === 'string' || typeof code === 'number' ? [String(code)] : [],
  );
  return { status: error.status ?? null, codes, message: error.message };
}

export function meaningOf({ status, codes, message }: ErrorFacts): ProviderError {
  const has = (known: ReadonlySet<string>) => codes.some((code) => known.has(code));
  if (status === 402 || has(QUOTA) || /insufficient (?:balance|credits?)/i.test(message))
    return 'quota-spent';
  if (has(FILTER_CODES)) return 'content-filter';
  if (has(TOO_LONG_CODES) || (mayBeTooLong(status) && TOO_LONG.test(message))) return 'context-overflow';
  if (status === 401 || status === 403) return 'not-allowed';
  if (status === 429 || (status === null && has(LIMIT_CODES))) return 'rate-limited';
  if (status === null) return has(SERVER_CODES) ? 'unavailable' : 'broken-reply';
  if (status >= 500 || status === 408 || status === 409 || status === 425) return 'unavailable';
  return status === 413 ? 'context-overflow' : 'bad-request';
}

/** Some say 429 of a request that is longer than their limit for a minute, and 500 of one that is longer than the model. */
function mayBeTooLong(status: number | null): boolean {
  return (
    status === null || status === 400 || status === 413 || status === 422 || status === 429 || status === 500
  );
}
