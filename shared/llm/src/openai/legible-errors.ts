/**
 * Errors of compatible servers in the form in which the `openai` package reads them. Some send `{"detail": …}`, some
 * `{"message": …}`, some plain text; the package drops the words of all these.
 */

const MOST = 4000;

export async function fetchLegibly(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, init);
  if (response.ok) return response;
  const text = await response.text();
  const { status, statusText, headers } = response;
  return new Response(hasError(text) ? text : wrapped(text), {
    status,
    statusText,
    headers: asJson(headers),
  });
}

function hasError(text: string): boolean {
  try {
    const body: unknown = JSON.parse(text);
    const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : null;
    return typeof error === 'object' && error !== null;
  } catch {
    return false;
  }
}

function wrapped(text: string): string {
  return JSON.stringify({ error: { message: text.slice(0, MOST) || 'no reason given' } });
}

/** What the body no longer is, it is not said to be. */
function asJson(headers: Headers): Headers {
  const kept = new Headers(headers);
  for (const name of ['content-encoding', 'content-length']) kept.delete(name);
  kept.set('content-type', 'application/json');
  return kept;
}
