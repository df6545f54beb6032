/** What the server is to say, whichever API it is asked through. */

export interface ProviderAnswer {
  readonly text?: string;
  readonly calls?: readonly ProviderCall[];
  /** Thoughts that are shown: a summary (Responses) or `reasoning_content` (Chat Completions). */
  readonly reasoning?: string;
  /** The model will not answer, in these words. */
  readonly refusal?: string;
  /** Default: what fits the rest. */
  readonly finish?: 'stop' | 'length' | 'content_filter';
}

export interface ProviderCall {
  readonly name: string;
  /** A string goes out as it is, well formed or not. */
  readonly args: unknown;
  /** Default: one of the server's own. */
  readonly id?: string;
}

/** Counted as providers do: cached tokens are part of the input, reasoning tokens of the output. */
export interface ProviderUsage {
  readonly inputTokens: number;
  readonly cachedTokens?: number;
  readonly outputTokens: number;
  readonly reasoningTokens?: number;
  /** What some routers say the call cost, in US dollars. */
  readonly costUsd?: number;
}

/** A call with nothing left open. */
export interface CompleteCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

export interface CompleteAnswer {
  /** Of the reply, unique on this server. */
  readonly id: string;
  readonly model: string;
  readonly text: string;
  readonly calls: readonly CompleteCall[];
  readonly reasoning: string;
  readonly refusal: string;
  readonly finish: 'stop' | 'length' | 'content_filter';
  /** Null: the server does not say. */
  readonly usage: ProviderUsage | null;
}

export function completeAnswer(
  said: ProviderAnswer,
  own: { id: string; model: string; usage: ProviderUsage | null },
): CompleteAnswer {
  const calls = (said.calls ?? []).map((call, index) => ({
    id: call.id ?? `call_${own.id}_${index}`,
    name: call.name,
    arguments: typeof call.args === 'string' ? call.args : JSON.stringify(call.args),
  }));
  const { text = '', reasoning = '', refusal = '', finish = 'stop' } = said;
  return { ...own, text, calls, reasoning, refusal, finish };
}

/** In pieces as they would be streamed: a few dozen, however long the text is. */
export function pieces(text: string): string[] {
  const size = Math.max(16, Math.ceil(text.length / 50));
  const found: string[] = [];
  for (let at = 0; at < text.length; ) {
    const next = at + size;
    // Never between the halves of a surrogate pair: JSON could not carry them.
    const end = /[\uD800-\uDBFF]/.test(text[next - 1] ?? '') ? next + 1 : next;
    found.push(text.slice(at, end));
    at = end;
  }
  return found;
}
