/**
 * One stored message, asked of the stream's leader: it has seen every acknowledged write. (The client's own call knows
 * no "next on this subject", which every reader here lives on; servers know it from 2.9 on.)
 */
import { JetStreamApiError } from '@nats-io/jetstream';
import { type MsgHdrs, MsgHdrsImpl } from 'nats';
import { z } from 'zod';
import { API_CODE } from './bus-failure.ts';
import type { Connection } from './connection.ts';

export interface StoredMessage {
  readonly subject: string;
  readonly sequence: number;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly headers: MsgHdrs | undefined;
  readonly data: Uint8Array;
}

export type StoredQuery =
  | { readonly last_by_subj: string }
  /** The first message on the subject (wildcards allowed) at `seq` or after. */
  | { readonly next_by_subj: string; readonly seq: number };

const answer = z.union([
  z.object({
    error: z.object({ code: z.number(), err_code: z.number().default(0), description: z.string() }),
  }),
  z.object({
    message: z.object({
      subject: z.string(),
      seq: z.int(),
      hdrs: z.base64().optional(),
      data: z.base64().default(''),
      time: z.string(),
    }),
  }),
]);

/** Throws what the client throws: errors of the server, time-outs, a lost connection. */
export async function getStored(
  { nc, js }: Connection,
  stream: string,
  query: StoredQuery,
): Promise<StoredMessage | null> {
  const { prefix, timeout } = { prefix: js.apiPrefix, timeout: js.getOptions().timeout ?? 5_000 };
  const reply = await nc.request(`${prefix}.STREAM.MSG.GET.${stream}`, JSON.stringify(query), { timeout });
  const read = answer.parse(reply.json());
  if ('error' in read) {
    if (read.error.err_code === API_CODE.noMessageFound) return null;
    throw new JetStreamApiError(read.error);
  }
  const { subject, seq, hdrs, data, time } = read.message;
  return {
    subject,
    sequence: seq,
    time: Date.parse(time),
    headers: hdrs === undefined ? undefined : MsgHdrsImpl.decode(Buffer.from(hdrs, 'base64')),
    data: Buffer.from(data, 'base64'),
  };
}
