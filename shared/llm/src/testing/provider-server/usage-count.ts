/**
 * Tokens as a provider with a prefix cache might count them: four bytes are a token, and what a request has in common
 * with the beginning of a former one is cached, in blocks of 128 tokens from 1,024 on.
 */
import type { ProviderAnswer, ProviderUsage } from './provider-answer.ts';
import type { Conversation } from './provider-request.ts';

const BYTES = 4;
const BLOCK = 128;
const SHORTEST = 1024;
const REMEMBERED = 64;

export class UsageCount {
  readonly #prompts: Buffer[] = [];

  count({ tools, system, messages }: Conversation, said: ProviderAnswer): ProviderUsage {
    const prompt = Buffer.from(JSON.stringify([tools, system, ...messages]));
    const known = Math.max(0, ...this.#prompts.map((one) => commonBytes(one, prompt)));
    this.#prompts.push(prompt);
    if (this.#prompts.length > REMEMBERED) this.#prompts.shift();
    const cached = Math.floor(known / BYTES / BLOCK) * BLOCK;
    const { text = '', reasoning = '', refusal = '', calls = [] } = said;
    const reasoningTokens = tokens(reasoning);
    return {
      inputTokens: Math.ceil(prompt.length / BYTES),
      cachedTokens: cached < SHORTEST ? 0 : cached,
      outputTokens: reasoningTokens + tokens(text) + tokens(refusal) + tokens(JSON.stringify(calls)),
      reasoningTokens,
    };
  }
}

function tokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / BYTES);
}

/** By halves, since comparing bytes one by one in JavaScript is slow. */
function commonBytes(a: Buffer, b: Buffer): number {
  let low = 0;
  let high = Math.min(a.length, b.length);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (a.compare(b, low, middle, low, middle) === 0) low = middle;
    else high = middle - 1;
  }
  return low;
}
