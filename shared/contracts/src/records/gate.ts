/** What the calls of one key to one server pass through, in KV `gates`: shared by all processes that use that key. */
import { z } from 'zod';

export const gate = z.object({
  /** Milliseconds since the epoch: the provider wants no call before. */
  pausedUntil: z.int().nonnegative(),
  /** Milliseconds since the epoch: when the next call is due at a steady rate. */
  due: z.int().nonnegative(),
});
export type Gate = z.infer<typeof gate>;
