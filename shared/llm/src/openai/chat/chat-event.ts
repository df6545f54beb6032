/**
 * What servers send for Chat Completions: chunks of a stream, or one completion. Read leniently, as compatible servers
 * differ: any field may be missing or null.
 */
import { z } from 'zod';
import { textOrParts } from '../text-parts.ts';

const callPiece = z.object({
  index: z.int().nullish(),
  id: z.string().nullish(),
  function: z
    .object({
      name: z.string().nullish(),
      // Some servers send the object itself.
      arguments: z
        .union([z.string(), z.record(z.string(), z.json()).transform((value) => JSON.stringify(value))])
        .nullish(),
    })
    .nullish(),
  /** Gemini's signatures of thoughts, to be sent back. */
  extra_content: z.json().nullish(),
});
export type CallPiece = z.infer<typeof callPiece>;

const said = z.object({
  content: textOrParts.nullish(),
  refusal: z.string().nullish(),
  reasoning_content: z.string().nullish(),
  reasoning: z.string().nullish(),
  reasoning_details: z.array(z.record(z.string(), z.json())).nullish(),
  tool_calls: z.array(callPiece).nullish(),
});
export type Said = z.infer<typeof said>;

const tokens = z.int().nonnegative().nullish();

export const chatUsage = z.object({
  prompt_tokens: tokens,
  completion_tokens: tokens,
  total_tokens: tokens,
  prompt_tokens_details: z.object({ cached_tokens: tokens }).nullish(),
  completion_tokens_details: z.object({ reasoning_tokens: tokens }).nullish(),
  /** DeepSeek's. */
  prompt_cache_hit_tokens: tokens,
  /** OpenRouter's, in US dollars; with a key of one's own the provider behind it charges separately. */
  cost: z.number().nonnegative().nullish(),
  is_byok: z.boolean().nullish(),
  cost_details: z.object({ upstream_inference_cost: z.number().nonnegative().nullish() }).nullish(),
});
export type ChatUsage = z.infer<typeof chatUsage>;

export const chatEvent = z.object({
  choices: z
    .array(
      z.object({
        index: z.int().nullish(),
        delta: said.nullish(),
        message: said.nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .nullish(),
  usage: chatUsage.nullish().catch(null),
});
