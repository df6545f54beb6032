/**
 * A handler loop that does nothing but acknowledge, with confirmation, as many at once as an agent service has in hand.
 *
 * Ours asks for one message when one has room; the raw client has its next messages sent ahead into a buffer.
 */
import { DONE } from '@modelwright/bus';
import { job } from '@modelwright/contracts';
import { type Contest, type Round, windowed } from '../contest.ts';
import type { Arena } from './arena.ts';
import { aJob, JOBS_CONSUMER } from './messages.ts';

const COUNT = 1000;
const AT_ONCE = 20;
const FILLING_AT_ONCE = 50;

export function consumeContest(arena: Arena): Contest {
  const round = (drain: (arena: Arena) => Promise<void>) => async (): Promise<Round> => {
    await windowed(COUNT, FILLING_AT_ONCE, () => arena.bus.streams.publish(aJob(arena.newId())));
    const began = performance.now();
    await drain(arena);
    return { count: COUNT, milliseconds: performance.now() - began, each: [] };
  };
  const name = `consume and acknowledge, ${AT_ONCE} in hand`;
  return { name, ours: round(drainOurs), raw: round(drainRaw) };
}

async function drainOurs({ bus }: Arena): Promise<void> {
  const over = new AbortController();
  let handled = 0;
  await bus.streams.consume(JOBS_CONSUMER, job, { concurrency: AT_ONCE, signal: over.signal }, () => {
    handled += 1;
    if (handled === COUNT) over.abort();
    return Promise.resolve(DONE);
  });
}

async function drainRaw({ raw }: Arena): Promise<void> {
  const consumer = await raw.js.consumers.get('JOBS', JOBS_CONSUMER);
  const messages = await consumer.consume({ max_messages: AT_ONCE });
  const acknowledgements: Promise<boolean>[] = [];
  for await (const message of messages) {
    acknowledgements.push(message.ackAck());
    if (acknowledgements.length === COUNT) break;
  }
  await Promise.all(acknowledgements);
  await messages.close();
}
