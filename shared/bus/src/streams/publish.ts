/** Sending: with the server's duplicate window, or under a condition. */
import type { MessageDefinition } from '@modelwright/contracts';
import type { Connection } from '../connection/connection.ts';
import { persist } from '../connection/persist.ts';
import type { ContentStore } from '../store/content-store.ts';
import { streamOfSubject } from '../topology/stream-of-subject.ts';
import { publishConditionally } from './conditional-publish.ts';
import type { AppendOutcome, Publication } from './streams.ts';
import { toWire } from './wire-message.ts';

/** What sending and receiving need. */
export interface Wire {
  readonly connection: Connection;
  readonly store: ContentStore;
}

export async function publish<Definition extends MessageDefinition>(
  { connection, store }: Wire,
  publication: Publication<Definition>,
): Promise<{ sequence: number; duplicate: boolean }> {
  const { headers, payload } = await toWire(publication, store);
  const { subject } = publication;
  // Sent again after a missing answer, it still carries the same id.
  const ack = await persist(connection, `publish to ${subject}`, () =>
    connection.js.publish(subject, payload, { headers }),
  );
  return { sequence: ack.seq, duplicate: ack.duplicate };
}

export async function append<Definition extends MessageDefinition>(
  { connection, store }: Wire,
  publication: Publication<Definition> & { readonly expectedLast: number },
): Promise<AppendOutcome> {
  const { headers, payload } = await toWire(publication, store);
  const { subject, expectedLast } = publication;
  const stream = streamOfSubject(subject);
  const sequence = await publishConditionally(connection, {
    stream,
    subject,
    headers,
    payload,
    expectedLast,
  });
  return sequence === null ? { kind: 'conflict' } : { kind: 'appended', sequence };
}
