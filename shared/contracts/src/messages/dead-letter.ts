/** A message nobody could handle, kept with the reason. Sent by whoever gave up; read by people. */
import { z } from 'zod';
import { defineMessage } from '../message.ts';
import { PREFIX } from '../subjects.ts';

export const deadLetter = defineMessage(
  'dead-letter.v1',
  z.object({
    stream: z.string(),
    subject: z.string(),
    sequence: z.int(),
    deliveries: z.int(),
    messageId: z.string().nullable(),
    run: z.string().nullable(),
    reason: z.string(),
    origin: z.string(),
    at: z.int(),
    /** The body as it was on the wire, cut at 128 KiB. */
    body: z.instanceof(Uint8Array),
  }),
);

export const deadLetterSubject = (stream: string, run: string | null) =>
  `${PREFIX}.dlq.${stream}.${run ?? 'none'}`;
