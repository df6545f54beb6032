/** The least that keeps a job and its result on JetStream: pull one, store the result, acknowledge and be told so. */
import { jobOutcome, jobOutcomeSubject } from '@modelwright/contracts';
import { errors } from 'nats';
import type { Arena, RawClient } from '../bus/arena.ts';
import { aJob, JOB_SUBJECT, JOBS_CONSUMER, RUN } from '../bus/messages.ts';
import { payloadOf } from '../bus/payload.ts';
import type { Crew, Dispatcher } from './dispatcher.ts';
import { outcomeOf } from './our-runners.ts';

const WAIT_MS = 1000;

export async function rawWorkers(arena: Arena): Promise<Dispatcher> {
  const asked = await payloadOf(arena, aJob(arena.newId()));
  const result = await payloadOf(arena, {
    definition: jobOutcome,
    subject: jobOutcomeSubject(RUN, 'raw'),
    body: outcomeOf('raw', 'raw'),
    messageId: 'done:raw',
    run: RUN,
  });
  return {
    name: 'raw client',
    async open(workers): Promise<Crew> {
      let over = false;
      let told: () => void = () => undefined;
      const clients = await Promise.all(Array.from({ length: workers }, () => arena.connectRaw()));
      const loops = clients.map((client) =>
        work(client, { result, newId: arena.newId, over: () => over, done: () => told() }),
      );
      return {
        submit: async () => void (await arena.raw.js.publish(JOB_SUBJECT, asked, { msgID: arena.newId() })),
        onDone: (listener) => {
          told = listener;
        },
        async [Symbol.asyncDispose]() {
          over = true;
          await Promise.all(loops);
          await Promise.all(clients.map(({ nc }) => nc.drain()));
        },
      };
    },
  };
}

interface Duty {
  readonly result: Uint8Array;
  newId(): string;
  over(): boolean;
  done(): void;
}

async function work({ js }: RawClient, { result, newId, over, done }: Duty): Promise<void> {
  const consumer = await js.consumers.get('JOBS', JOBS_CONSUMER);
  while (!over()) {
    const message = await consumer.next({ expires: WAIT_MS }).catch((error: unknown) => {
      // A busy server may be late with a heartbeat: the client says so, and is to ask again.
      if (error instanceof errors.TimeoutError) return null;
      throw error;
    });
    if (message === null) continue;
    const id = newId();
    await js.publish(jobOutcomeSubject(RUN, id), result, { msgID: `done:${id}` });
    await message.ackAck();
    done();
  }
}
