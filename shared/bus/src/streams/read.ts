/** Reading what lies in a stream, by direct questions to its leader: no consumer, nothing left behind. */
import type { MessageDefinition } from '@modelwright/contracts';
import { persist } from '../connection/persist.ts';
import { getStored, type StoredMessage, type StoredQuery } from '../connection/stored-message.ts';
import type { StreamName } from '../topology/names.ts';
import type { Wire } from './publish.ts';
import type { Body, Definitions, Stored } from './streams.ts';
import { fromWire, type Parsed } from './wire-message.ts';

export async function read<Definition extends MessageDefinition>(
  wire: Wire,
  where: { readonly stream: StreamName; readonly subject: string; readonly after: number },
  definitions: Definitions<Definition>,
): Promise<Stored<Body<Definition>>[]> {
  const { stream, subject } = where;
  const end = (await ask(wire, stream, { last_by_subj: subject }))?.sequence ?? 0;
  const found: Stored<Body<Definition>>[] = [];
  let after = where.after;
  // What is appended meanwhile lies beyond `end`: a reader never chases a busy writer.
  while (after < end) {
    const message = await ask(wire, stream, { next_by_subj: subject, seq: after + 1 });
    if (message === null || message.sequence > end) break;
    found.push(toStored(message, await fromWire(message, definitions, wire.store)));
    after = message.sequence;
  }
  return found;
}

export async function last<Definition extends MessageDefinition>(
  wire: Wire,
  where: { readonly stream: StreamName; readonly subject: string },
  definitions: Definitions<Definition>,
): Promise<Stored<Body<Definition>> | null> {
  const message = await ask(wire, where.stream, { last_by_subj: where.subject });
  return message === null ? null : toStored(message, await fromWire(message, definitions, wire.store));
}

export async function subjects(wire: Wire, stream: string, filter: string): Promise<string[]> {
  return [...(await depths(wire, stream, filter)).keys()].sort();
}

export async function depths(
  { connection }: Wire,
  stream: string,
  filter: string,
): Promise<ReadonlyMap<string, number>> {
  const info = await persist(connection, `look at stream ${stream}`, () =>
    connection.jsm.streams.info(stream, { subjects_filter: filter }),
  );
  return new Map(Object.entries(info.state.subjects ?? {}));
}

export const toStored = <T>(
  message: Pick<StoredMessage, 'subject' | 'sequence' | 'time'>,
  { envelope, body }: Parsed<T>,
): Stored<T> => ({
  subject: message.subject,
  sequence: message.sequence,
  time: message.time,
  messageId: envelope.messageId,
  schema: envelope.schema,
  body,
});

const ask = ({ connection }: Wire, stream: string, query: StoredQuery) =>
  persist(connection, `read from stream ${stream}`, () => getStored(connection, stream, query));
