/** Publications to what goes over the wire, and what came over the wire to bodies: parsed here, once, and trusted after. */
import type { Envelope, MessageDefinition } from '@modelwright/contracts';
import type { MsgHdrs } from 'nats';
import { z } from 'zod';
import { decode, encode } from '../codec/body.ts';
import { INLINE_BYTES } from '../codec/limits.ts';
import { PermanentFailure } from '../failure.ts';
import type { ContentStore } from '../store/content-store.ts';
import { BODY_HEADER, readBodyReference, writeBodyReference } from './body-reference.ts';
import { headerOrNull, readEnvelope, toHeaders } from './envelope-headers.ts';
import type { Definitions, Publication } from './streams.ts';

export interface WireMessage {
  readonly headers: MsgHdrs;
  readonly payload: Uint8Array;
}

/** What the wire delivers: a stored message or a delivered one. */
export interface Received {
  readonly subject: string;
  readonly headers: MsgHdrs | undefined;
  readonly data: Uint8Array;
}

export async function toWire<Definition extends MessageDefinition>(
  publication: Publication<Definition>,
  store: ContentStore,
): Promise<WireMessage> {
  const { definition, messageId, cause = null, run = null } = publication;
  const body = z.safeParse(schemaOf(definition, 'body'), publication.body);
  if (!body.success) {
    throw new PermanentFailure(
      'bad-body',
      `${messageId} is no ${definition.schema}: ${explain(body.error)}.`,
    );
  }
  const headers = toHeaders({ messageId, schema: definition.schema, cause, run, traceparent: null });
  const payload = encode(body.data);
  if (payload.length <= INLINE_BYTES) return { headers, payload };
  headers.set(BODY_HEADER, writeBodyReference(await store.putBytes('artifacts', payload)));
  return { headers, payload: new Uint8Array() };
}

export interface Parsed<Body> {
  readonly envelope: Envelope;
  readonly body: Body;
}

/** Throws a PermanentFailure that says what is wrong with the message. */
export async function fromWire<Definition extends MessageDefinition>(
  received: Received,
  definitions: Definitions<Definition>,
  store: ContentStore,
): Promise<Parsed<z.infer<Definition['body']>>> {
  const envelope = readEnvelope(received.headers);
  const definition = definitionOf(definitions, envelope.schema);
  if (definition === undefined) {
    throw new PermanentFailure(
      'unknown-schema',
      `Nobody here reads ${envelope.schema} on ${received.subject}.`,
    );
  }
  const body = z.safeParse(schemaOf(definition, 'body'), decode(await bytesOf(received, store)));
  if (body.success) return { envelope, body: body.data };
  throw new PermanentFailure(
    'bad-body',
    `${envelope.messageId} is no ${envelope.schema}: ${explain(body.error)}.`,
  );
}

export function definitionOf<Definition extends MessageDefinition>(
  definitions: Definitions<Definition>,
  schema: string,
): Definition | undefined {
  return listOf(definitions).find((definition) => definition.schema === schema);
}

/** `definition.body`, typed by what the definition is known to be and not by what every definition is. */
const schemaOf = <Definition extends MessageDefinition, Key extends 'body'>(
  definition: Definition,
  key: Key,
) => definition[key];

function listOf<Definition extends MessageDefinition>(
  definitions: Definitions<Definition>,
): readonly Definition[] {
  return isList(definitions) ? definitions : [definitions];
}

const isList = <Item>(value: Item | readonly Item[]): value is readonly Item[] => Array.isArray(value);

function bytesOf(received: Received, store: ContentStore): Promise<Uint8Array> | Uint8Array {
  const reference = headerOrNull(received.headers, BODY_HEADER);
  return reference === null ? received.data : store.getBytes(readBodyReference(reference));
}

function explain(error: z.ZodError): string {
  const faults = error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || 'the body'}: ${issue.message}`);
  return faults.join('; ');
}
