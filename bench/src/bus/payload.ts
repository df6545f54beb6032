/** The bytes that our bus makes of a message, for the raw client to send as they are. */
import type { Publication } from '@modelwright/bus';
import type { MessageDefinition } from '@modelwright/contracts';
import type { Arena } from './arena.ts';

/** Leaves nothing on the subject. */
export async function payloadOf<Definition extends MessageDefinition>(
  { bus, raw }: Arena,
  message: Publication<Definition>,
): Promise<Uint8Array> {
  const { subject } = message;
  await bus.streams.publish(message);
  const stream = await raw.jsm.streams.find(subject);
  const stored = await raw.jsm.streams.getMessage(stream, { last_by_subj: subject });
  if (stored === null) throw new Error(`nothing is stored on ${subject}`);
  await raw.jsm.streams.purge(stream, { filter: subject });
  return stored.data;
}
