/** Taking work: one message asked for, and its acknowledgement confirmed, before the next is asked for. */
import { job } from '@modelwright/contracts';
import { type Contest, oneByOne, type Round, windowed } from '../contest.ts';
import type { Arena } from './arena.ts';
import { aJob, JOBS_CONSUMER } from './messages.ts';

const COUNT = 300;
const FILLING_AT_ONCE = 50;
const PATIENCE_MS = 5_000;

export async function takeContest({ bus, raw, newId }: Arena): Promise<Contest> {
  const never = new AbortController().signal;
  const consumer = await raw.js.consumers.get('JOBS', JOBS_CONSUMER);
  const ours = async () => {
    const delivery = await bus.streams.take(JOBS_CONSUMER, job, PATIENCE_MS, never);
    if (delivery === null || !(await delivery.ack())) throw new Error('a message was not delivered');
  };
  const theirs = async () => {
    const message = await consumer.next({ expires: PATIENCE_MS });
    if (message === null || !(await message.ackAck())) throw new Error('a message was not delivered');
  };
  const round = (one: () => Promise<void>) => async (): Promise<Round> => {
    await windowed(COUNT, FILLING_AT_ONCE, () => bus.streams.publish(aJob(newId())));
    return await oneByOne(COUNT, one);
  };
  return { name: 'take and acknowledge, one at a time', ours: round(ours), raw: round(theirs) };
}
