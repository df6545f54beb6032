/** The envelope as headers, and back. */
import { type Envelope, envelope, HEADERS } from '@modelwright/contracts';
import { headers, type MsgHdrs } from 'nats';
import { PermanentFailure } from '../failure.ts';

export function toHeaders(written: Envelope): MsgHdrs {
  const result = headers();
  for (const [field, name] of ENTRIES) {
    const value = written[field];
    if (value !== null) result.set(name, value);
  }
  return result;
}

/** Throws `malformed-envelope` when the headers are none of ours. */
export function readEnvelope(from: MsgHdrs | undefined): Envelope {
  const read = Object.fromEntries(ENTRIES.map(([field, name]) => [field, headerOrNull(from, name)]));
  const parsed = envelope.safeParse(read);
  if (parsed.success) return parsed.data;
  const faulty = parsed.error.issues.map((issue) => HEADERS[fieldOf(issue.path[0])]).join(', ');
  throw new PermanentFailure('malformed-envelope', `The message lacks a valid header: ${faulty}.`);
}

export const headerOrNull = (from: MsgHdrs | undefined, name: string): string | null => {
  const value = from?.get(name) ?? '';
  return value === '' ? null : value;
};

type Field = keyof typeof HEADERS;
const FIELDS = ['messageId', 'schema', 'cause', 'run', 'traceparent'] as const satisfies readonly Field[];
const ENTRIES = FIELDS.map((field): [Field, string] => [field, HEADERS[field]]);
const fieldOf = (part: PropertyKey | undefined): Field =>
  FIELDS.find((field) => field === part) ?? 'messageId';
