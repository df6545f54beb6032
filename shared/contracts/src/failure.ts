/** Failure as data, across processes. */
import { z } from 'zod';

export const failure = z.object({
  /** Short and stable, for programs: `bad-input`, `smoke-failed`, `out-of-memory` … */
  kind: z.string().regex(/^[a-z][a-z0-9-]*$/),
  /** For people: what happened, where, what to do next. */
  message: z.string(),
  retryable: z.boolean(),
  /** The service or program it came from. */
  origin: z.string(),
  causes: z.array(z.string()),
});
export type Failure = z.infer<typeof failure>;
