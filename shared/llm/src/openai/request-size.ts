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
 * Tools and system prompt are those of that reply, or fewer. Who counts more than there are bytes puts in something of its
 * own, and does so again.
 */
export function mostInputTokens(request: ModelRequest, model: string): number {
  const known = lastCount(request, model);
  if (known === null) return bytesOf(request);
  const { counted, before, since } = known;
  const most = counted + measured({ ...NOTHING_ELSE, messages: since });
  return counted > measured({ ...request, messages: before }) + FIXED
    ? most
    : Math.min(bytesOf(request), most);
}

/**
 * About as many as there are: text in European languages and code has four bytes a token, other scripts and columns of numbers
 * fewer. So what the model itself has counted is believed.
 */
export function likelyInputTokens(request: ModelRequest, model: string): number {
  const known = lastCount(request, model);
  if (known === null) return Math.ceil(bytesOf(request) / BYTES_PER_TOKEN);
  return known.counted + Math.ceil(measured({ ...NOTHING_ELSE, messages: known.since }) / BYTES_PER_TOKEN);
}

const NOTHING_ELSE = { system: '', tools: [] } as const;

/** What the model counted last, and the messages before and since; the count was of those before, and of a status. */
function lastCount({ messages }: ModelRequest, model: string) {
  const last = messages.findLastIndex((one) => one.role === 'assistant' && one.model === model);
  const reply = messages[last];
  if (reply?.role !== 'assistant' || reply.counted === undefined) return null;
  return { counted: reply.counted, before: messages.slice(0, last), since: messages.slice(last) };
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
