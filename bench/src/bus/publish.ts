/** Publishing: one message after the other, and many under way. The raw client sends the very same body. */

import { type Contest, oneByOne, type Round, windowed } from '../contest.ts';
import type { Arena } from './arena.ts';
import { aJob, JOB_SUBJECT } from './messages.ts';
import { payloadOf } from './payload.ts';

const SINGLY = 300;
const WINDOWED = 2000;
const WINDOW = 100;

export async function publishContests(arena: Arena): Promise<Contest[]> {
  const { bus, raw, newId } = arena;
  const payload = await payloadOf(arena, aJob(newId()));
  const ours = () => bus.streams.publish(aJob(newId()));
  const theirs = () => raw.js.publish(JOB_SUBJECT, payload, { msgID: newId() });
  const thenEmptied = (round: () => Promise<Round>) => async () => {
    const taken = await round();
    await bus.streams.purge('JOBS', JOB_SUBJECT);
    return taken;
  };
  return [
    {
      name: 'publish, one at a time',
      ours: thenEmptied(() => oneByOne(SINGLY, ours)),
      raw: thenEmptied(() => oneByOne(SINGLY, theirs)),
    },
    {
      name: `publish, ${WINDOW} under way`,
      ours: thenEmptied(() => windowed(WINDOWED, WINDOW, ours)),
      raw: thenEmptied(() => windowed(WINDOWED, WINDOW, theirs)),
    },
  ];
}
