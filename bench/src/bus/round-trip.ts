/**
 * Job to result: a job is published, a worker takes it, tells the run that it has ended, and acknowledges; the run's
 * consumer takes the notification and acknowledges. Measured from before the publication to the notification in hand.
 */
import { DONE } from '@modelwright/bus';
import { job, jobFinished } from '@modelwright/contracts';
import { type Contest, oneByOne, type Round } from '../contest.ts';
import type { Arena } from './arena.ts';
import {
  aJob,
  aNotification,
  INBOX_CONSUMER,
  INBOX_SUBJECT,
  JOB_SUBJECT,
  JOBS_CONSUMER,
} from './messages.ts';
import { payloadOf } from './payload.ts';

const COUNT = 200;

export async function roundTripContest(arena: Arena): Promise<Contest> {
  const jobPayload = await payloadOf(arena, aJob(arena.newId()));
  const notePayload = await payloadOf(arena, aNotification(arena.newId()));
  return {
    name: 'job to result and back',
    ours: () => ours(arena),
    raw: () => raw(arena, jobPayload, notePayload),
  };
}

/** Who waits for the next notification. */
class Bell {
  #ring: () => void = () => undefined;

  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#ring = resolve;
    });
  }

  ring(): void {
    this.#ring();
  }
}

async function ours({ bus, newId }: Arena): Promise<Round> {
  const over = new AbortController();
  const options = { concurrency: 1, signal: over.signal };
  const bell = new Bell();
  const loops = [
    bus.streams.consume(JOBS_CONSUMER, job, options, async () => {
      await bus.streams.publish(aNotification(newId()));
      return DONE;
    }),
    bus.streams.consume(INBOX_CONSUMER, jobFinished, options, () => {
      bell.ring();
      return Promise.resolve(DONE);
    }),
  ];
  const round = await oneByOne(COUNT, async () => {
    const told = bell.next();
    await bus.streams.publish(aJob(newId()));
    await told;
  });
  over.abort();
  await Promise.all(loops);
  return round;
}

async function raw(
  { raw: { js }, newId }: Arena,
  jobPayload: Uint8Array,
  notePayload: Uint8Array,
): Promise<Round> {
  const bell = new Bell();
  const jobs = await (await js.consumers.get('JOBS', JOBS_CONSUMER)).consume({ max_messages: 1 });
  const notes = await (await js.consumers.get('INBOX', INBOX_CONSUMER)).consume({ max_messages: 1 });
  const loops = [
    (async () => {
      for await (const message of jobs) {
        await js.publish(INBOX_SUBJECT, notePayload, { msgID: newId() });
        await message.ackAck();
      }
    })(),
    (async () => {
      for await (const message of notes) {
        bell.ring();
        await message.ackAck();
      }
    })(),
  ];
  const round = await oneByOne(COUNT, async () => {
    const told = bell.next();
    await js.publish(JOB_SUBJECT, jobPayload, { msgID: newId() });
    await told;
  });
  await Promise.all([jobs.close(), notes.close()]);
  await Promise.all(loops);
  return round;
}
