/**
 * Errors of compatible servers in the form in which the `openai` package reads them. Some send `{"detail": …}`, some
 * `{"message": …}`, some plain text; the package drops the words of all these.
 */

const MOST_SHOWN = 4000;
/** Of an error, that is read at all: nobody who explains a refusal needs more, and some servers never end. */
const MOST_BYTES = 256 * 1024;

export async function fetchLegibly(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, init);
  if (response.ok) return response;
  const text = await beginningOf(response.body);
  const { status, statusText, headers } = response;
  return new Response(hasError(text) ? text : wrapped(text), {
    status,
    statusText,
    headers: asJson(headers),
  });
}

async function beginningOf(body: ReadableStream<Uint8Array> | null): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const piece of body ?? []) {
    text += decoder.decode(piece, { stream: true });
    bytes += piece.byteLength;
    // Leaving the loop cancels the body.
    if (bytes >= MOST_BYTES) break;
  }
  return text;
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
  return JSON.stringify({ error: { message: text.slice(0, MOST_SHOWN) || 'no reason given' } });
}

/** What the body no longer is, it is not said to be. */
function asJson(headers: Headers): Headers {
  const kept = new Headers(headers);
  for (const name of ['content-encoding', 'content-length']) kept.delete(name);
  kept.set('content-type', 'application/json');
  return kept;
}
