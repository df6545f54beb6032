/** How large a request is, in tokens nobody has counted yet. */
import type { ModelRequest } from '../model.ts';

/** What surrounds texts on their way into a model: names of fields, marks between messages, ids of calls. */
const PER_PART = 96;
/** The provider's own words about tools, ours about tools in text. */
const FIXED = 4096;
const BYTES_PER_TOKEN = 3.5;

/**
 * At least as many tokens as the request can have. Vocabularies of language models are built on bytes, and no token is
 * shorter than one: what is read has at most as many tokens as it has bytes in UTF-8. JSON's escapes only add to that.
 * Tools count twice: they may be described and given as a schema for the reply.
 *
 * What the model has counted before it need not be guessed: since its last reply only what came after that counts by bytes.
 * Tools and system prompt are those of that reply, or fewer.
 */
export function mostInputTokens(request: ModelRequest, model: string): number {
  return Math.min(bytesOf(request), sinceCounted(request, model));
}

function sinceCounted({ messages }: ModelRequest, model: string): number {
  const last = messages.findLastIndex((one) => one.role === 'assistant' && one.model === model);
  const reply = messages[last];
  if (reply?.role !== 'assistant' || reply.counted === undefined) return Number.POSITIVE_INFINITY;
  return reply.counted + measured({ system: '', tools: [], messages: messages.slice(last) });
}

/** About as many as there are, and rather too many: text in European languages and code has four bytes a token. */
export function likelyInputTokens(request: ModelRequest): number {
  return Math.ceil(bytesOf(request) / BYTES_PER_TOKEN);
}

/** Of a reply that the provider did not count. */
export function likelyTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / BYTES_PER_TOKEN);
}

/** Requests are asked for both numbers several times, and do not change. */
const known = new WeakMap<ModelRequest, number>();

function bytesOf(request: ModelRequest): number {
  const size = known.get(request) ?? measured(request);
  known.set(request, size);
  return size;
}

function measured({ system, messages, tools }: Pick<ModelRequest, 'system' | 'messages' | 'tools'>): number {
  const said = Buffer.byteLength(JSON.stringify([system, messages]));
  const offered = 2 * Buffer.byteLength(JSON.stringify(tools));
  const calls = messages.reduce((sum, one) => sum + (one.role === 'assistant' ? one.calls.length : 0), 0);
  return said + offered + FIXED + PER_PART * (messages.length + calls + 2 * tools.length);
}
