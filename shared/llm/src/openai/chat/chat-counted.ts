/** The usage of Chat Completions in our terms. */
import type { WireUsage } from '../wire-api.ts';
import type { ChatUsage } from './chat-event.ts';

/** Null where the server did not count both sides. */
export function counted(usage: ChatUsage): WireUsage | null {
  const { prompt_tokens: input, completion_tokens: output, total_tokens: total } = usage;
  if (typeof input !== 'number' || typeof output !== 'number') return null;
  return {
    inputTokens: input,
    cachedTokens: Math.min(
      input,
      usage.prompt_tokens_details?.cached_tokens ?? usage.prompt_cache_hit_tokens ?? 0,
    ),
    // Some leave the thoughts out of the completion, but never out of the total.
    outputTokens: Math.max(output, (total ?? 0) - input),
    reasoningTokens: usage.completion_tokens_details?.reasoning_tokens ?? 0,
    statedUsd: stated(usage),
  };
}

/** With a key of one's own the stated cost is a fee alone: without the other part it says nothing of the whole. */
function stated({ cost, is_byok, cost_details }: ChatUsage): number | null {
  if (typeof cost !== 'number') return null;
  if (is_byok !== true) return cost;
  const upstream = cost_details?.upstream_inference_cost ?? null;
  return upstream === null ? null : cost + upstream;
}
