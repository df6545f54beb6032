/** Appending under the condition that nobody else has, as transcripts and run logs are written. */

import { type Contest, oneByOne, type Round } from '../contest.ts';
import type { Arena } from './arena.ts';
import { aTurn, TURN_SUBJECT } from './messages.ts';
import { payloadOf } from './payload.ts';

const COUNT = 300;

/** Appends after the sequence it is given; answers its own. */
type Append = (expectedLast: number) => Promise<number>;

export async function appendContest(arena: Arena): Promise<Contest> {
  const { bus, raw, newId } = arena;
  const payload = await payloadOf(arena, aTurn(newId(), 0));
  const ours: Append = async (expectedLast) => {
    const outcome = await bus.streams.append({ ...aTurn(newId(), expectedLast), expectedLast });
    if (outcome.kind === 'conflict')
      throw new Error('somebody else appends to the transcript of the benchmark');
    return outcome.sequence;
  };
  const theirs: Append = async (lastSubjectSequence) => {
    const ack = await raw.js.publish(TURN_SUBJECT, payload, {
      msgID: newId(),
      expect: { lastSubjectSequence },
    });
    return ack.seq;
  };
  const round = (append: Append) => async (): Promise<Round> => {
    let last = 0;
    const taken = await oneByOne(COUNT, async () => {
      last = await append(last);
    });
    await bus.streams.purge('TURNS', TURN_SUBJECT);
    return taken;
  };
  return { name: 'append under a condition', ours: round(ours), raw: round(theirs) };
}
