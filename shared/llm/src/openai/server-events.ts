/** What a server sends after it accepted a request: the events of its stream, or the one body where it does not stream. */
import OpenAI from 'openai';
import { Stream } from 'openai/core/streaming';
import { NotAProvider } from './failure/classify.ts';
import type { Patience } from './patience.ts';
import { watchedBody } from './watched-body.ts';
import { BrokenReply } from './wire-api.ts';

/** @throws BrokenReply, NotAProvider, OpenAI's APIError for an error inside the stream, or what the connection threw. */
export async function* serverEvents(
  response: Response,
  stop: AbortController,
  { client, patience }: { client: OpenAI; patience: Patience },
): AsyncGenerator<unknown> {
  const type = response.headers.get('content-type') ?? '';
  if (type.includes('text/html')) {
    throw new NotAProvider(`${response.url} answers with a web page; is base_url right?`);
  }
  if (response.body === null) throw new BrokenReply('the reply has no body');
  const { status, headers } = response;
  const watched = new Response(
    watchedBody(response.body, () => patience.heard()),
    { status, headers },
  );
  if (type.includes('application/json')) {
    yield wholeBody(await watched.text(), response);
    return;
  }
  // The client is there for its logger, which is off: the library would log what it cannot parse.
  yield* Stream.fromSSEResponse<unknown>(watched, stop, client);
}

function wholeBody(text: string, { headers }: Response): unknown {
  const body = parsed(text);
  const fault = typeof body === 'object' && body !== null && 'error' in body ? body.error : null;
  // A response object says itself that it failed.
  const isResponse = typeof body === 'object' && body !== null && 'status' in body;
  if (typeof fault === 'object' && fault !== null && !isResponse) {
    throw new OpenAI.APIError(undefined, fault, undefined, headers);
  }
  return body;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new BrokenReply('the reply is no JSON', { cause });
  }
}
