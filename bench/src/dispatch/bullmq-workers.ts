/** The same jobs by BullMQ: a worker a runner, the result kept with the job. */
import { Queue, Worker } from 'bullmq';
import type { Arena } from '../bus/arena.ts';
import { aJob } from '../bus/messages.ts';
import type { Crew, Dispatcher } from './dispatcher.ts';
import { outcomeOf } from './our-runners.ts';
import type { RedisServer } from './redis-server.ts';

const QUEUE = 'jobs';

export const bullmqWorkers = ({ port }: RedisServer, { newId }: Pick<Arena, 'newId'>): Dispatcher => ({
  name: 'BullMQ',
  async open(workers): Promise<Crew> {
    const connection = { host: '127.0.0.1', port };
    const queue = new Queue(QUEUE, { connection });
    let told: () => void = () => undefined;
    const crew = Array.from(
      { length: workers },
      (_, n) =>
        new Worker(QUEUE, ({ name }) => Promise.resolve(outcomeOf(name, `runner-${n}`)), { connection }),
    );
    for (const worker of crew) worker.on('completed', () => told());
    await Promise.all([queue, ...crew].map((one) => one.waitUntilReady()));
    return {
      submit: async () => {
        const { body } = aJob(newId());
        await queue.add(body.id, body);
      },
      onDone: (listener) => {
        told = listener;
      },
      async [Symbol.asyncDispose]() {
        await Promise.all(crew.map((worker) => worker.close()));
        await queue.obliterate({ force: true });
        await queue.close();
      },
    };
  },
});
