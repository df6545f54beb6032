/**
 * An OpenAI-compatible server on loopback for tests: Chat Completions, Responses and the list of models, streamed and
 * not, answering what a function says, with faults on the wire where another function asks for them.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { chatBody, chatCompletion, chatConversation, chatEvents } from './chat-side.ts';
import { errorBody, type Fault } from './fault.ts';
import {
  type CompleteAnswer,
  completeAnswer,
  type ProviderAnswer,
  type ProviderUsage,
} from './provider-answer.ts';
import type { Conversation, ProviderApi, ProviderRequest } from './provider-request.ts';
import { responsesEvents } from './responses-events.ts';
import { responseObject, responsesBody, responsesConversation } from './responses-side.ts';
import { sendEvents, sendJson, sendStatus } from './send.ts';
import { fromText, inText } from './text-side.ts';
import { UsageCount } from './usage-count.ts';

export interface ProviderOptions {
  readonly answer: (request: ProviderRequest) => ProviderAnswer | Promise<ProviderAnswer>;
  /** What goes wrong with the nth request, counted from 1. The answer is not asked for where a status is the fault. */
  readonly fault?: (number: number, request: ProviderRequest) => Fault | null;
  /** Default: counted from the bytes, as a provider with a prefix cache would. Null: the server never tells. */
  readonly usage?: ((request: ProviderRequest, answer: ProviderAnswer) => ProviderUsage) | null;
  /** Default true. Without it every answer comes in one piece, whatever is asked for. */
  readonly streams?: boolean;
  /** What `/v1/models` lists. */
  readonly models?: readonly string[];
  /** Demanded of every request; without it anything is taken. */
  readonly key?: string;
  /** Default: a free one. */
  readonly port?: number;
}

export interface Provider extends AsyncDisposable {
  /** The base URL, `/v1` included. */
  readonly url: string;
  /** For answers, in the order in which they came. */
  readonly requests: readonly ProviderRequest[];
}

type Received = { -readonly [Key in keyof ProviderRequest]: ProviderRequest[Key] };

/** How an API is spoken: its body understood, and an answer in its form. */
interface Spoken {
  readonly api: ProviderApi;
  readonly model: string;
  readonly stream: boolean;
  readonly conversation: Conversation;
  events(answer: CompleteAnswer): string[];
  whole(answer: CompleteAnswer): object;
}

export async function startProvider(options: ProviderOptions): Promise<Provider> {
  const desk = new ProviderDesk(options);
  const server = createServer((request, response) => {
    desk.serve(request, response).catch((error: unknown) => {
      if (response.headersSent) return void response.destroy();
      sendStatus(response, {
        kind: 'status',
        status: 500,
        body: errorBody(String(error), null, 'server_error'),
      });
    });
  });
  const listening = Promise.withResolvers<void>();
  server.once('error', listening.reject);
  server.listen(options.port ?? 0, '127.0.0.1', listening.resolve);
  await listening.promise;
  const { port } = z.object({ port: z.int() }).parse(server.address());
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests: desk.requests,
    async [Symbol.asyncDispose]() {
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      server.closeAllConnections();
      await closed.promise;
    },
  };
}

/** With these the answer is sent whole. */
const HARMLESS = new Set<Fault['kind']>(['no-usage', 'split', 'linger']);

class ProviderDesk {
  readonly requests: Received[] = [];
  readonly #options: ProviderOptions;
  readonly #count = new UsageCount();
  readonly #connections: object[] = [];

  constructor(options: ProviderOptions) {
    this.#options = options;
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { key, models = ['test-model'] } = this.#options;
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const text = await bodyOf(request);
    if (key !== undefined && request.headers.authorization !== `Bearer ${key}`) {
      return refuse(response, 401, errorBody('Incorrect API key provided.', 'invalid_api_key'));
    }
    if (path === '/v1/models') {
      const data = models.map((id) => ({ id, object: 'model', created: 0, owned_by: 'test' }));
      await sendJson(response, { object: 'list', data }, null);
      return;
    }
    const spoken = understand(path, text);
    if (typeof spoken === 'string') return refuse(response, 400, errorBody(spoken));
    if (spoken === null) return refuse(response, 404, errorBody(`nothing is at ${path}`));
    await this.#answer(this.#receive(request, text, spoken), spoken, response);
  }

  #receive(request: IncomingMessage, text: string, spoken: Spoken): Received {
    const { authorization, ...headers } = request.headers;
    const { api, model, stream } = spoken;
    const told = fromText(spoken.conversation);
    const conversation = told ?? spoken.conversation;
    const number = this.requests.length + 1;
    if (!this.#connections.includes(request.socket)) this.#connections.push(request.socket);
    const connection = this.#connections.indexOf(request.socket) + 1;
    const body: unknown = JSON.parse(text);
    const received: Received = {
      number,
      api,
      connection,
      headers,
      authorized: authorization !== undefined,
      body,
      text,
      model,
      stream,
      conversation,
      inText: told !== null,
      state: 'open',
    };
    this.requests.push(received);
    return received;
  }

  async #answer(received: Received, spoken: Spoken, response: ServerResponse): Promise<void> {
    const becomes = (state: Received['state']) => {
      if (received.state === 'open') received.state = state;
    };
    response.once('finish', () => becomes('answered'));
    response.once('close', () => becomes('abandoned'));
    const fault = this.#options.fault?.(received.number, received) ?? null;
    if (fault !== null && !HARMLESS.has(fault.kind)) received.state = 'faulty';
    if (fault?.kind === 'status') return sendStatus(response, fault);
    if (fault?.kind === 'reset' && fault.afterEvents === 0) {
      response.socket?.resetAndDestroy();
      return;
    }
    const answered = await this.#options.answer(received);
    const said = received.inText ? inText(answered) : answered;
    const usage = fault?.kind === 'no-usage' ? null : this.#usage(received, said);
    const answer = completeAnswer(said, { id: `r${received.number}`, model: received.model, usage });
    if (received.stream && this.#options.streams !== false)
      await sendEvents(response, spoken.events(answer), fault);
    else await sendJson(response, spoken.whole(answer), fault);
  }

  #usage(received: ProviderRequest, said: ProviderAnswer): ProviderUsage | null {
    const { usage } = this.#options;
    if (usage === null) return null;
    return usage === undefined ? this.#count.count(received.conversation, said) : usage(received, said);
  }
}

/** Null for a path that is none; words where the body is not what the API takes. */
function understand(path: string, text: string): Spoken | string | null {
  if (path === '/v1/chat/completions') {
    const body = chatBody.safeParse(jsonOf(text));
    if (!body.success) return z.prettifyError(body.error);
    const { model, stream } = body.data;
    return {
      api: 'chat',
      model,
      stream,
      conversation: chatConversation(body.data),
      events: (answer) => chatEvents(answer, body.data).map((data) => `data: ${data}\n\n`),
      whole: chatCompletion,
    };
  }
  if (path !== '/v1/responses') return null;
  const body = responsesBody.safeParse(jsonOf(text));
  if (!body.success) return z.prettifyError(body.error);
  const { model, stream } = body.data;
  return {
    api: 'responses',
    model,
    stream,
    conversation: responsesConversation(body.data),
    events: (answer) =>
      responsesEvents(answer, body.data).map((one) => `event: ${one.type}\ndata: ${JSON.stringify(one)}\n\n`),
    whole: (answer) => responseObject(answer, body.data),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(z.instanceof(Uint8Array).parse(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

function refuse(response: ServerResponse, status: number, body: object): void {
  sendStatus(response, { kind: 'status', status, body });
}
