/**
 * A language model behind an OpenAI-compatible server.
 *
 * One `complete` asks the server until one request is accepted: what a server refuses to take is left out, and asking again
 * costs nothing. Once a request is accepted there is no second: its answer, or a failure that says what it may have cost.
 * Waiting and asking again, and asking others, is the matter of those who wrap this.
 */
import OpenAI from 'openai';
import { type Model, ModelFailure, type ModelReply, type ModelRequest } from '../model.ts';
import { costOf, mostCost } from '../price.ts';
import { chatApi } from './chat/chat-api.ts';
import { type Blocked, classify } from './failure/classify.ts';
import { Stalled } from './failure/stalled.ts';
import { fetchLegibly } from './legible-errors.ts';
import { Patience } from './patience.ts';
import { Refusals, refusableIn } from './refusals.ts';
import { replyCalls } from './reply-calls.ts';
import { likelyInputTokens, likelyTokens, mostInputTokens } from './request-size.ts';
import { responsesApi } from './responses/responses-api.ts';
import { serverEvents } from './server-events.ts';
import { asText, withCallsOfText } from './text-protocol/as-text.ts';
import type { ReplyFormat, WireAnswer, WireApi, WireRequest } from './wire-api.ts';
import type { WireOptions } from './wire-options.ts';

export function openAiModel(api: 'chat' | 'responses', options: WireOptions): Model {
  return new OpenAiModel(api === 'chat' ? chatApi : responsesApi, options);
}

class OpenAiModel implements Model {
  readonly name: string;
  readonly contextTokens: number;
  readonly #api: WireApi;
  readonly #options: WireOptions;
  readonly #client: OpenAI;
  readonly #refusals = new Refusals();

  constructor(api: WireApi, options: WireOptions) {
    this.name = options.name;
    this.contextTokens = options.contextTokens;
    this.#api = api;
    this.#options = options;
    this.#client = clientFor(options);
  }

  ceiling(request: ModelRequest): number {
    const { maxOutputTokens, price } = this.#options;
    return mostCost(
      { inputTokens: mostInputTokens(request, this.name), outputTokens: maxOutputTokens },
      price,
    );
  }

  estimate(request: ModelRequest): { inputTokens: number; outputTokens: number } {
    return {
      inputTokens: likelyInputTokens(request, this.name),
      outputTokens: this.#options.maxOutputTokens,
    };
  }

  async complete(request: ModelRequest, signal: AbortSignal): Promise<ModelReply> {
    for (;;) {
      signal.throwIfAborted();
      const inText = this.#mustBeText(request);
      const wire = inText ? asText(request, this.#enforceable()) : { ...request, format: null };
      const body = this.#api.body(wire, this.#options, this.#refusals);
      try {
        const answer = await this.#ask(body, signal);
        return this.#reply(request, inText && request.tools.length > 0 ? withCallsOfText(answer) : answer);
      } catch (error) {
        if (signal.aborted && error === signal.reason) throw error;
        const failure = classify(error, this.#options);
        if (!(failure instanceof ModelFailure)) return this.#blocked(failure);
        if (!this.#learned(error, failure, body, wire)) throw failure;
      }
    }
  }

  /** @throws The signal's reason when it is aborted before the answer is complete. */
  async #ask(body: object, signal: AbortSignal): Promise<WireAnswer> {
    const stop = new AbortController();
    const leave = () => stop.abort(signal.reason);
    signal.addEventListener('abort', leave, { once: true });
    using patience = new Patience(this.#options, (reason) => stop.abort(reason));
    const reader = this.#api.reader();
    try {
      const response = await this.#client
        .post(this.#api.path, { body, stream: true, signal: stop.signal })
        .asResponse();
      this.#options.noticed?.({ streamed: isStream(response), leftOut: this.#refusals.all });
      for await (const event of serverEvents(response, stop, { client: this.#client, patience })) {
        reader.take(event);
        if (reader.begun) patience.begun();
      }
    } catch (error) {
      // What comes after the end of an answer is of no matter: it has been paid for.
      if (!reader.complete) throw givenUp(signal, stop.signal) ?? error;
    } finally {
      signal.removeEventListener('abort', leave);
    }
    // The library's streams end quietly when they are aborted.
    const reason = reader.complete ? null : givenUp(signal, stop.signal);
    if (reason !== null) throw reason;
    return reader.answer();
  }

  #learned(error: unknown, failure: ModelFailure, body: object, wire: WireRequest): boolean {
    if (failure.failure.kind !== 'bad-request' || !(error instanceof OpenAI.APIError)) return false;
    const said = `"${error.param ?? ''}" ${error.message}`;
    return this.#refusals.learn(said, refusableIn(body, wire.format?.enforce ?? null));
  }

  /** Some servers refuse former calls where no tools are offered: for a plain answer they are told in text. */
  #mustBeText({ tools, messages }: ModelRequest): boolean {
    if (this.#options.tools === 'text' || this.#refusals.has('tools')) return true;
    return tools.length === 0 && messages.some(({ role }) => role === 'tool');
  }

  /** The strictest form that the server has not refused yet. */
  #enforceable(): ReplyFormat['enforce'] | null {
    const { structured } = this.#options;
    if (structured === 'json_schema' && !this.#refusals.has('json_schema')) return 'json_schema';
    return structured !== 'none' && !this.#refusals.has('json_object') ? 'json_object' : null;
  }

  #reply(request: ModelRequest, answer: WireAnswer): ModelReply {
    const { text, finish } = answer;
    // What was cut off or refused calls nothing, and is told again as the text it was.
    const { calls, opaque } = finish === 'stop' ? answer : { calls: [], opaque: null };
    // No request is empty: who counted none has not counted.
    const counted = (answer.usage?.inputTokens ?? 0) === 0 ? null : answer.usage;
    const usage = counted === null ? this.#uncounted(request, answer) : this.#counted(counted);
    return { text, calls: replyCalls(calls, request), usage, model: this.name, finish, opaque };
  }

  #counted({ statedUsd, ...tokens }: NonNullable<WireAnswer['usage']>): ModelReply['usage'] {
    return { ...tokens, ...costOf(tokens, this.#options.price, statedUsd) };
  }

  /** Thoughts that are not shown cost as well: only the ceiling is certainly enough. */
  #uncounted(request: ModelRequest, { text, calls }: WireAnswer): ModelReply['usage'] {
    return {
      inputTokens: mostInputTokens(request, this.name),
      cachedTokens: 0,
      outputTokens: likelyTokens(JSON.stringify([text, calls])),
      reasoningTokens: 0,
      microUsd: this.ceiling(request),
      priced: this.#options.price !== null,
    };
  }

  /** No model has read the request. */
  #blocked({ blocked }: Blocked): ModelReply {
    const none = { inputTokens: 0, cachedTokens: 0, outputTokens: 0, reasoningTokens: 0, microUsd: 0 };
    const usage = { ...none, priced: true };
    return { text: blocked, calls: [], usage, model: this.name, finish: 'refused', opaque: null };
  }
}

const isStream = ({ headers }: Response) => headers.get('content-type')?.includes('event-stream') === true;

/** Why we stopped listening; null where we did not. The library aborts too, to tidy up. */
function givenUp(signal: AbortSignal, stop: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  return stop.reason instanceof Stalled ? stop.reason : null;
}

/** Beyond this the library would end a request that our own patience has not given up. */
const BEYOND_PATIENCE_MS = 60_000;

function clientFor({ baseUrl, key, timeoutMs }: WireOptions): OpenAI {
  return new OpenAI({
    baseURL: baseUrl,
    apiKey: key ?? 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    maxRetries: 0,
    timeout: timeoutMs + BEYOND_PATIENCE_MS,
    fetch: fetchLegibly,
    logLevel: 'off',
    ...(key === null ? { defaultHeaders: { authorization: null } } : {}),
  });
}
