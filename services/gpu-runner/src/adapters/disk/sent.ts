/** How far the output of an attempt has been sent, and what its readings have led to: `sent.json`. */
import { z } from 'zod';

const stream = z.object({ line: z.int(), headBytes: z.int(), characters: z.int().default(0) });

export const sent = z.object({
  stdout: stream,
  stderr: stream,
  /** Of `metrics.jsonl`: bytes and lines. */
  metrics: z.object({ bytes: z.int(), lines: z.int() }),
  /** Of the last message known to be stored, per subject. What lies beyond was sent and not written down. */
  sequences: z.object({ log: z.int(), metric: z.int() }).default({ log: 0, metric: 0 }),
  rules: z
    .object({ streaks: z.record(z.string(), z.int()), met: z.string().nullable() })
    .default({ streaks: {}, met: null }),
});
export type Sent = z.infer<typeof sent>;

export const NOTHING_SENT: Sent = sent.parse({
  stdout: { line: 0, headBytes: 0 },
  stderr: { line: 0, headBytes: 0 },
  metrics: { bytes: 0, lines: 0 },
});
