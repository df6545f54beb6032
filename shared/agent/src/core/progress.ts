/**
 * Where an assignment stands: the fold of its transcript.
 *
 *     taken → intent → reply → result … result → intent → …       one result for each call of the reply, in order
 *                                └→ parked → taken → parked | result      a call that waits
 *     any → finished
 */
import type { AssignmentFinished, ToolCall, TurnRecord, Version } from '@modelwright/contracts';

export interface Progress {
  /** Answered turns. An intent without a reply is no turn: it is asked again under the same number. */
  readonly turns: number;
  /** Replies at their price, intents without a reply at their ceiling. */
  readonly microUsd: number;
  /** Ceiling of an intent whose reply has not come. */
  readonly open: number;
  /** How often it was taken up since anything came of it. */
  readonly takes: number;
  readonly stops: number;
  /** What was said in the last replies in a row that called no tool. */
  readonly silence: readonly string[];
  readonly reply: { readonly turn: number; readonly calls: readonly ToolCall[]; readonly at: number } | null;
  /** Calls of the reply that have their result. */
  readonly answered: number;
  /** Whether the next call of the reply has stopped to wait. */
  readonly waiting: boolean;
  readonly version: Version | null;
  /** When it was first taken up. */
  readonly since: number | null;
  readonly final: AssignmentFinished | null;
}

export const START: Progress = {
  turns: 0,
  microUsd: 0,
  open: 0,
  takes: 0,
  stops: 0,
  silence: [],
  reply: null,
  answered: 0,
  waiting: false,
  version: null,
  since: null,
  final: null,
};

export function progressOf(transcript: readonly TurnRecord[]): Progress {
  return transcript.reduce(advance, START);
}

export function advance(now: Progress, record: TurnRecord): Progress {
  switch (record.type) {
    case 'taken':
      return { ...now, takes: now.takes + 1, since: now.since ?? record.at };
    case 'intent':
      return { ...now, microUsd: now.microUsd + record.ceilingMicroUsd, open: record.ceilingMicroUsd };
    case 'reply':
      return {
        ...now,
        turns: now.turns + 1,
        microUsd: now.microUsd - now.open + record.usage.microUsd,
        open: 0,
        takes: 0,
        silence: record.calls.length > 0 ? [] : [...now.silence, record.text],
        reply: { turn: record.turn, calls: record.calls, at: record.at },
        answered: 0,
        waiting: false,
      };
    case 'unanswered':
      return { ...now, takes: 0, microUsd: now.microUsd - now.open + record.microUsd, open: 0 };
    case 'condensed':
      return now;
    case 'parked':
      return { ...now, takes: 0, stops: record.stop, waiting: true };
    case 'result':
      return {
        ...now,
        takes: 0,
        answered: now.answered + 1,
        waiting: false,
        version: record.version ?? now.version,
      };
    case 'finished':
      return { ...now, takes: 0, final: record.final };
  }
}
