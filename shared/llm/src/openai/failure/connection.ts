/** What is known of a request whose connection failed. */

/** Nothing was sent: there was no connection to send it over. */
const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'ERR_INVALID_URL',
  'UND_ERR_CONNECT_TIMEOUT',
]);
const TIMED_OUT = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

export type Connection =
  /** Certainly never made. */
  | 'none'
  /** Made, and then silent for long. */
  | 'silent'
  /** Lost: the request may have been read and answered. */
  | 'lost';

export function connectionOf(error: unknown): Connection {
  const codes = codesOf(error);
  if (codes.some((code) => NEVER_CONNECTED.has(code) || isTls(code))) return 'none';
  return codes.some((code) => TIMED_OUT.has(code)) ? 'silent' : 'lost';
}

/** A certificate that is not trusted ends the connection before the request. */
function isTls(code: string): boolean {
  return /^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/.test(code);
}

/** Of the error and all that caused it; a name may have several addresses, each with an error of its own. */
function codesOf(error: unknown, depth = 0): string[] {
  if (!(error instanceof Error) || depth > 5) return [];
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  const several: readonly unknown[] = error instanceof AggregateError ? error.errors : [];
  return [...own, ...[error.cause, ...several].flatMap((cause) => codesOf(cause, depth + 1))];
}

/** The innermost message: the outer ones say "fetch failed" and "terminated". */
export function innermost(error: unknown): string {
  let at = error;
  while (at instanceof Error && at.cause instanceof Error) at = at.cause;
  if (at instanceof AggregateError) at = at.errors[0];
  return at instanceof Error ? at.message || at.name : String(at);
}
