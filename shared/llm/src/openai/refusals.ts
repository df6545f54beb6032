/**
 * What a server has turned out not to take. OpenAI-compatible servers differ in the parameters they know, and refuse those
 * they do not with a 400 or 422, which costs nothing. What is refused is left out from then on, or replaced by what most
 * servers understand instead; only then is the refusal a failure.
 */

/** Parameters that an answer can be had without, and by which words a server refuses them. */
const SIGNS = {
  stream_options: /stream_options|include_usage/,
  max_tokens: /\bmax_tokens\b/,
  max_completion_tokens: /\bmax_completion_tokens\b/,
  temperature: /\btemperature\b/,
  reasoning_effort: /\breasoning[._]effort\b|["'`]reasoning["'`]/,
  prompt_cache_key: /\bprompt_cache_key\b/,
  reasoning_content: /\breasoning_content\b|\breasoning_details\b|\bextra_content\b/,
  encrypted_reasoning: /encrypted[ _]content|["'`]include["'`]/,
  json_schema: /\bjson_schema\b|\bresponse_format\b|\btext\.format\b|structured output/i,
  json_object: /\bjson_object\b|\bresponse_format\b|\btext\.format\b/i,
  tools:
    /(?:not|n't|found that) support (?:tools|tool use|tool calling|function)|\btools\b.{0,40}not supported/i,
} as const;

export type Refusable = keyof typeof SIGNS;

const FIELDS: Readonly<Record<string, Refusable>> = {
  stream_options: 'stream_options',
  max_tokens: 'max_tokens',
  max_completion_tokens: 'max_completion_tokens',
  temperature: 'temperature',
  reasoning_effort: 'reasoning_effort',
  reasoning: 'reasoning_effort',
  prompt_cache_key: 'prompt_cache_key',
  include: 'encrypted_reasoning',
  tools: 'tools',
};

/** What of a request's body a server might refuse while it could answer without. */
export function refusableIn(body: object, enforced: 'json_schema' | 'json_object' | null): Refusable[] {
  const fields = Object.keys(body).flatMap((key) => FIELDS[key] ?? []);
  return [...fields, ...(enforced === null ? [] : [enforced]), 'reasoning_content'];
}

export class Refusals {
  readonly #refused = new Set<Refusable>();

  get all(): readonly Refusable[] {
    return [...this.#refused];
  }

  has(name: Refusable): boolean {
    return this.#refused.has(name);
  }

  /**
   * @param said The server's words, with the parameter it names.
   * @param sent What the refused request held.
   * @returns Whether there is something to leave out that was not left out before.
   */
  learn(said: string, sent: readonly Refusable[]): boolean {
    const refused = sent.find((name) => SIGNS[name].test(said) && !this.#refused.has(name));
    if (refused === undefined) return false;
    // The length of a reply must be limited one way or the other, or no ceiling would hold.
    if (refused === 'max_tokens' && this.#refused.has('max_completion_tokens')) return false;
    if (refused === 'max_completion_tokens' && this.#refused.has('max_tokens')) return false;
    this.#refused.add(refused);
    return true;
  }
}
