/**
 * A publish that must happen once or not at all, and whose answer is certain.
 *
 * The server refuses it unless the subject's last sequence is the expected one. When no answer comes (time-out, lost
 * connection) the message may or may not be stored, and may still be on its way. So it carries a nonce, and the
 * message that follows the expected one on the subject is looked up:
 *
 *   carries our nonce   → it was stored, whatever came after it
 *   carries another     → somebody else was first
 *   there is none       → it was not stored; sending it again cannot store it twice, since the first would move the
 *                         sequence that the second expects
 *
 * The message id alone would not tell: two workers may derive the same id for the same work, and one of them must lose.
 */
import type { MsgHdrs } from 'nats';
import { nuid } from 'nats';
import { isInDoubt, isWrongLastSequence } from '../connection/bus-failure.ts';
import type { Connection } from '../connection/connection.ts';
import { persist, unanswered } from '../connection/persist.ts';
import { getStored } from '../connection/stored-message.ts';

const NONCE_HEADER = 'Mw-Nonce';

export interface ConditionalMessage {
  readonly stream: string;
  readonly subject: string;
  readonly headers: MsgHdrs;
  readonly payload: Uint8Array;
  /** Last sequence on the subject; 0 when there is none. */
  readonly expectedLast: number;
}

/** The sequence it was stored at; null when the subject's last sequence was another. */
export function publishConditionally(
  connection: Connection,
  message: ConditionalMessage,
): Promise<number | null> {
  const nonce = nuid.next();
  message.headers.set(NONCE_HEADER, nonce);
  return persist(connection, `append to ${message.subject}`, () => attempt(connection, message, nonce));
}

async function attempt(
  connection: Connection,
  message: ConditionalMessage,
  nonce: string,
): Promise<number | null> {
  const { stream, subject, headers, payload, expectedLast } = message;
  let refused = false;
  try {
    const ack = await connection.js.publish(subject, payload, {
      headers,
      expect: { lastSubjectSequence: expectedLast },
    });
    if (!ack.duplicate) return ack.seq;
    refused = true;
  } catch (error) {
    refused = isWrongLastSequence(error);
    if (!refused && !isInDoubt(error)) throw error;
  }
  const next = await getStored(connection, stream, { next_by_subj: subject, seq: expectedLast + 1 });
  if (next !== null) return next.headers?.get(NONCE_HEADER) === nonce ? next.sequence : null;
  if (refused) return null;
  throw unanswered('nothing stored so far');
}
