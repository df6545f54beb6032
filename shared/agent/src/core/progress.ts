/**
 * Where an assignment stands: the fold of its transcript.
 *
 *     taken → intent → reply → result … result → intent → …       one result for each call of the reply, in order
 *               │        └→ parked → taken → parked | result      a call that waits
 *               ├→ unanswered → intent …                          no answer came, or it was lost
 *               └→ condensed → intent …                           it asked for a summary
 *     any → finished
 */
import type { AssignmentFinished, ToolCall, TurnRecord, Version } from '@modelwright/contracts';
import { NOTHING_YET, type Spending, spend } from './spending.ts';
import { NO_STUMBLES, type Stumbles, stumble } from './stumbles.ts';

export interface Progress {
  /** Answered turns. An intent without a reply is no turn: it is asked again under the same number. */
  readonly turns: number;
  readonly spending: Spending;
  readonly stumbles: Stumbles;
  /** How often it was taken up since anything came of it. */
  readonly takes: number;
  readonly stops: number;
  readonly reply: LastReply | null;
  /** Calls of the reply that have their result. */
  readonly answered: number;
  /** Whether the next call of the reply has stopped to wait. */
  readonly waiting: boolean;
  readonly version: Version | null;
  /** When it was first taken up. */
  readonly since: number | null;
  /** Tokens that a request may have; null: any number. */
  readonly room: number | null;
  readonly final: AssignmentFinished | null;
}

export interface LastReply {
  readonly turn: number;
  readonly calls: readonly ToolCall[];
  readonly at: number;
  /** It was asked for as the last: only what hands over was offered. */
  readonly wrapUp: boolean;
}

export const START: Progress = {
  turns: 0,
  spending: NOTHING_YET,
  stumbles: NO_STUMBLES,
  takes: 0,
  stops: 0,
  reply: null,
  answered: 0,
  waiting: false,
  version: null,
  since: null,
  room: null,
  final: null,
};

export function progressOf(transcript: readonly TurnRecord[]): Progress {
  return transcript.reduce(advance, START);
}

export function advance(before: Progress, record: TurnRecord): Progress {
  const spending = spend(before.spending, record);
  const now: Progress = { ...before, spending, stumbles: stumble(before.stumbles, record) };
  switch (record.type) {
    case 'taken':
      return { ...now, takes: now.takes + 1, since: now.since ?? record.at, room: record.room ?? null };
    case 'intent':
      return now;
    case 'reply': {
      const { turn, calls, at } = record;
      const wrapUp = before.spending.open?.wrapUp === true;
      const reply: LastReply = { turn, calls, at, wrapUp };
      return { ...now, turns: now.turns + 1, takes: 0, reply, answered: 0, waiting: false };
    }
    case 'unanswered':
      // A request that ends its process may do so again.
      return record.failure.kind === 'interrupted' ? now : { ...now, takes: 0 };
    case 'condensed':
      return { ...now, takes: 0 };
    case 'parked':
      return { ...now, takes: 0, stops: record.stop, waiting: true };
    case 'result': {
      const version = record.version ?? now.version;
      return { ...now, takes: 0, answered: now.answered + 1, waiting: false, version };
    }
    case 'finished':
      return { ...now, takes: 0, final: record.final };
  }
}
