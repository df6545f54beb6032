/**
 * Giving up on a message: a copy goes to DLQ with the reason, and its run is told that it needs attention.
 *
 * The copy carries a new id and no header of the original: an old id would be swallowed as a duplicate, an old
 * expectation refused.
 */
import {
  assignment,
  attentionNeeded,
  deadLetter,
  deadLetterSubject,
  HEADERS,
  inboxSubject,
  type RunId,
  runId,
} from '@modelwright/contracts';
import { decode } from '../codec/body.ts';
import { headerOrNull } from '../streams/envelope-headers.ts';
import { publish, type Wire } from '../streams/publish.ts';
import type { HeldMessage } from './held-message.ts';

const KEPT_BYTES = 128 * 1024;

export async function sendDeadLetter(
  wire: Wire,
  stream: string,
  held: HeldMessage,
  reason: string,
): Promise<void> {
  const { connection } = wire;
  const messageId = headerOrNull(held.headers, HEADERS.messageId);
  const run = runOf(held);
  const id = `dead:${stream}:${held.sequence}:${messageId ?? 'none'}`.slice(0, 300);
  connection.logger.error(
    { subject: held.subject, sequence: held.sequence, reason },
    'a message is given up',
  );
  await publish(wire, {
    definition: deadLetter,
    subject: deadLetterSubject(stream, run),
    messageId: id,
    cause: messageId,
    run,
    body: {
      stream,
      subject: held.subject,
      sequence: held.sequence,
      deliveries: held.deliveries,
      messageId,
      run,
      reason,
      origin: connection.name,
      at: Date.now(),
      body: new Uint8Array(held.data.subarray(0, KEPT_BYTES)),
    },
  });
  if (run !== null) await askForAttention(wire, held, { run, reason, cause: id });
}

async function askForAttention(
  wire: Wire,
  held: HeldMessage,
  { run, reason, cause }: { run: RunId; reason: string; cause: string },
): Promise<void> {
  // A run that cannot even take this message must not be sent another one about it.
  if (schemaOf(held) === attentionNeeded.schema) return;
  await publish(wire, {
    definition: attentionNeeded,
    subject: inboxSubject(run),
    messageId: `attention:${cause}`.slice(0, 300),
    cause,
    run,
    body: { type: 'attention-needed', run, subject: held.subject, assignment: assignmentOf(held), reason },
  });
}

const schemaOf = (held: HeldMessage) => headerOrNull(held.headers, HEADERS.schema);

function runOf(held: HeldMessage): RunId | null {
  const parsed = runId.safeParse(headerOrNull(held.headers, HEADERS.run));
  return parsed.success ? parsed.data : null;
}

/** The assignment that the message is, so that the run can close it; null for any other message. */
function assignmentOf(held: HeldMessage): string | null {
  if (schemaOf(held) !== assignment.schema) return null;
  try {
    return assignment.body.shape.id.parse(Object(decode(held.data)).id);
  } catch {
    return null;
  }
}
