/**
 * How many tokens a request has, without its model's tokenizer.
 *
 * The bound rests on this: a tokenizer of byte pairs, or of pieces with bytes to fall back on, makes at most one token of
 * every byte of UTF-8. What a server writes around messages and tools is bounded by allowances.
 */
import type { ModelRequest } from './model.ts';

/** For what a server writes around each message, call and tool, and around the whole. Measured templates need 3 to 12. */
const TOKENS_AROUND_PART = 32;
const TOKENS_AROUND_ALL = 512;

/** Text and code have about 4 bytes a token, JSON and numbers fewer. */
const BYTES_PER_TOKEN = 3.5;

/** No request of this content has more tokens of input; none is answered that has more than the context holds. */
export function mostInputTokens(request: ModelRequest, contextTokens: number | null): number {
  const most = requestBytes(request) + parts(request) * TOKENS_AROUND_PART + TOKENS_AROUND_ALL;
  return contextTokens === null ? most : Math.min(most, contextTokens);
}

/** Rather too many than too few. */
export function estimatedInputTokens(request: ModelRequest): number {
  return Math.ceil(requestBytes(request) / BYTES_PER_TOKEN);
}

/** Of all content as JSON, which is never shorter than what a server makes of it. */
function requestBytes({ system, messages, tools }: ModelRequest): number {
  return Buffer.byteLength(JSON.stringify([system, messages, tools]));
}

function parts({ messages, tools }: ModelRequest): number {
  const calls = messages.reduce(
    (sum, message) => sum + (message.role === 'assistant' ? message.calls.length : 0),
    0,
  );
  return messages.length + calls + tools.length + 1;
}
