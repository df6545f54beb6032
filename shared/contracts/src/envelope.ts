/** What travels in the headers of every message; the body is the message itself. */
import { z } from 'zod';

export const envelope = z.object({
  /** Derived from the work, never random: a second publish of the same decision carries the same id. */
  messageId: z.string().min(1).max(300),
  /** Name and version of the body's schema, such as `job.v1`. */
  schema: z.string().regex(/^[a-z-]+\.v\d+$/),
  /** Id of the message that led to this one. */
  cause: z.string().nullable(),
  run: z.string().nullable(),
  /** W3C trace context. */
  traceparent: z.string().nullable(),
});
export type Envelope = z.infer<typeof envelope>;

/** Header names on the wire. `Nats-Msg-Id` is the server's own name for the id it removes duplicates by. */
export const HEADERS = {
  messageId: 'Nats-Msg-Id',
  schema: 'Mw-Schema',
  cause: 'Mw-Cause',
  run: 'Mw-Run',
  traceparent: 'traceparent',
} as const;
