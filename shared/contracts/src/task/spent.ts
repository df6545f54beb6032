/** What language models were paid, counted once: cached tokens are part of the input, reasoning tokens of the output. */
import { z } from 'zod';

export const usage = z.object({
  inputTokens: z.int().nonnegative(),
  /** Of the input: read from the provider's cache. */
  cachedTokens: z.int().nonnegative().default(0),
  outputTokens: z.int().nonnegative(),
  /** Of the output: not shown. */
  reasoningTokens: z.int().nonnegative().default(0),
  /** Integer millionths of a US dollar. */
  microUsd: z.int().nonnegative(),
  /** False where the model has no known price: `microUsd` is 0 then and says nothing. */
  priced: z.boolean().default(true),
});
export type Usage = z.infer<typeof usage>;

export const modelSpending = z.object({
  /** Calls that were answered or may have been; of them without a known price. */
  calls: z.int().nonnegative(),
  unpricedCalls: z.int().nonnegative(),
  inputTokens: z.int().nonnegative(),
  cachedTokens: z.int().nonnegative(),
  outputTokens: z.int().nonnegative(),
  reasoningTokens: z.int().nonnegative(),
  microUsd: z.int().nonnegative(),
});
export type ModelSpending = z.infer<typeof modelSpending>;

/** By an assignment. */
export const spent = z.object({
  turns: z.int().nonnegative(),
  microUsd: z.int().nonnegative(),
  byModel: z.record(z.string(), modelSpending).default({}),
});
export type Spent = z.infer<typeof spent>;

export const NOTHING_SPENT: Spent = { turns: 0, microUsd: 0, byModel: {} };
