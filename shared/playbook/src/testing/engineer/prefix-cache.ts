/**
 * What a provider's cache would have read before: of each request the longest beginning that it shares with an earlier one
 * under the same key. Sizes as OpenAI publishes them: from 1,024 tokens on, in steps of 128
 * (https://platform.openai.com/docs/guides/prompt-caching).
 */

const FEWEST_TOKENS = 1024;
const STEP_TOKENS = 128;
/** The usual rule of thumb for English and code. */
const BYTES_PER_TOKEN = 4;

export interface ReadTokens {
  readonly inputTokens: number;
  /** Of the input: read before. */
  readonly cachedTokens: number;
}

export const tokensOf = (text: string) => Math.ceil(Buffer.byteLength(text) / BYTES_PER_TOKEN);

export class PrefixCache {
  readonly #read = new Map<string, string[]>();

  /** Reads a request, and remembers it. */
  read(key: string, text: string): ReadTokens {
    const earlier = this.#read.get(key) ?? [];
    const shared = earlier.reduce((most, other) => Math.max(most, sharedPrefix(text, other)), 0);
    this.#read.set(key, [...earlier, text]);
    const tokens = Math.floor(Buffer.byteLength(text.slice(0, shared)) / BYTES_PER_TOKEN);
    const cachedTokens = tokens < FEWEST_TOKENS ? 0 : tokens - (tokens % STEP_TOKENS);
    return { inputTokens: tokensOf(text), cachedTokens };
  }
}

/** How many characters two texts begin with alike. */
export function sharedPrefix(one: string, other: string): number {
  let [same, differs] = [0, Math.min(one.length, other.length) + 1];
  while (differs - same > 1) {
    const middle = Math.floor((same + differs) / 2);
    if (one.slice(same, middle) === other.slice(same, middle)) same = middle;
    else differs = middle;
  }
  return same;
}
