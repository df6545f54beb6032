/** When a server says it may be asked again. https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */

/** Nobody waits longer; and what is far beyond is no moment that a date can hold. */
const FARTHEST_MS = 7 * 24 * 3_600_000;

/** @returns Milliseconds since the epoch, at most a week from now; null where the server does not say. */
export function retryAfter(headers: Headers, now: number): number | null {
  const said = moment(headers, now);
  return said === null ? null : Math.min(said, now + FARTHEST_MS);
}

function moment(headers: Headers, now: number): number | null {
  const milliseconds = amount(headers.get('retry-after-ms'));
  if (milliseconds !== null) return now + Math.ceil(milliseconds);
  const said = headers.get('retry-after');
  const seconds = amount(said);
  if (seconds !== null) return now + Math.ceil(seconds * 1000);
  const date = said === null ? Number.NaN : Date.parse(said);
  return Number.isNaN(date) ? null : Math.max(now, date);
}

function amount(text: string | null): number | null {
  if (text === null || !/^\s*\d+(\.\d+)?\s*$/.test(text)) return null;
  return Number(text);
}
