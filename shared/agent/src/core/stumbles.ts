/** What went wrong in a row: how often each, since something of the kind went right. */
import type { Failure, TurnRecord } from '@modelwright/contracts';
import { failure } from './failure.ts';

export interface Stumbles {
  /** What was said in the last replies, none of which called a tool. */
  readonly silence: readonly string[];
  /** Replies that were cut off, or refused. */
  readonly cutOff: number;
  readonly refused: number;
  /** Calls that achieved nothing. */
  readonly failed: number;
  /** Requests that may have been answered, but the answer was lost; requests that certainly were not. */
  readonly lost: number;
  readonly unreached: number;
  /** Requests that were too long, since the conversation was last shortened. */
  readonly overflows: number;
  /** Why the last request had no answer. */
  readonly last: Failure | null;
}

export const NO_STUMBLES: Stumbles = {
  silence: [],
  cutOff: 0,
  refused: 0,
  failed: 0,
  lost: 0,
  unreached: 0,
  overflows: 0,
  last: null,
};

/** The most of each in a row. */
const MOST = { words: 2, silence: 3, cutOff: 3, refused: 2, lost: 4, unreached: 12 } as const;
/** Calls in a row that achieved nothing: after so many there is one more turn, to hand over. */
export const MOST_FAILED_CALLS = 12;

export function stumble(now: Stumbles, record: TurnRecord): Stumbles {
  switch (record.type) {
    case 'reply':
      return { ...NO_STUMBLES, failed: now.failed, ...inReply(now, record) };
    case 'result':
      return { ...now, failed: record.failed ? now.failed + 1 : 0 };
    case 'unanswered':
      return unanswered(now, record);
    case 'condensed':
      return { ...now, overflows: 0, ...(record.usage === null ? {} : { lost: 0, unreached: 0 }) };
    case 'taken':
    case 'intent':
    case 'parked':
    case 'finished':
      return now;
  }
}

/** Why there is no sense in going on; null while there is. */
export function hopeless({ silence, cutOff, refused, lost, unreached, last }: Stumbles): Failure | null {
  const words = silence.map((text) => text.trim()).filter((text) => text !== '');
  if (words.length >= MOST.words || silence.length >= MOST.silence) {
    return failure('no-progress', words.at(-1) ?? 'the agent stopped calling tools and gave no reason');
  }
  if (refused >= MOST.refused) return failure('refused', 'the model refused to go on, and again when asked');
  if (cutOff >= MOST.cutOff) {
    return failure('cut-off', `${cutOff} replies in a row were cut off by a limit on their length`);
  }
  if (last === null || (lost < MOST.lost && unreached < MOST.unreached)) return null;
  const times = `${lost + unreached} requests in a row had no answer`;
  return { ...last, message: `${times}; the last: ${last.message}`, retryable: false };
}

function inReply(
  now: Stumbles,
  { calls, finish, text }: Extract<TurnRecord, { type: 'reply' }>,
): Partial<Stumbles> {
  if (finish === 'length') return { cutOff: now.cutOff + 1 };
  if (finish === 'refused') return { refused: now.refused + 1 };
  return calls.length > 0 ? {} : { silence: [...now.silence, text] };
}

function unanswered(now: Stumbles, record: Extract<TurnRecord, { type: 'unanswered' }>): Stumbles {
  const { failure: last, free } = record;
  if (last.kind === 'context-overflow') return { ...now, last, overflows: now.overflows + 1 };
  return free === true
    ? { ...now, last, unreached: now.unreached + 1 }
    : { ...now, last, lost: now.lost + 1 };
}
