/**
 * When the conversation must be shown shorter, and how.
 *
 * Answers of tools are masked first, in blocks: each change of what was said before costs all that a provider remembers of
 * it. Where that is not enough, all but the last turns are told in a summary: the model's own, or one by rule where the model
 * cannot be asked. The last turns stay as they are, as long as that is possible.
 */
import type { TurnRecord } from '@modelwright/contracts';
import { conversation, type View, viewOf } from './conversation.ts';
import type { Progress } from './progress.ts';
import { messageTokens } from './tokens.ts';

export interface Conversed {
  readonly brief: string;
  readonly transcript: readonly TurnRecord[];
  readonly progress: Progress;
  /** Of what is sent besides messages. */
  readonly otherTokens: number;
}

export interface Condensation {
  /** `mask` needs no summary; `ask` needs one of the model; `digest` one by rule. */
  readonly how: 'mask' | 'ask' | 'digest';
  readonly maskedThrough: number;
  readonly summarisedThrough: number;
  readonly reason: string;
}

/** Of the room: from here on it is too much, and down to here it is shortened. */
const FULL = 0.8;
const ENOUGH = 0.5;
/** Turns that are shown whole. */
const KEPT = 3;
/** Providers forget what they have read after so many milliseconds. */
const REMEMBERED_MS = 5 * 60_000;
/** What is forgotten is shortened when it has so many tokens, and loses such a share of them. */
const WORTH = { tokens: 20_000, share: 0.25 } as const;
/** What it takes to ask for a summary. */
const QUESTION_TOKENS = 200;

/** Null while it can stay as it is, and where it cannot be shortened any more. */
export function condensation(talk: Conversed, now: number): Condensation | null {
  const { room, stumbles } = talk.progress;
  if (stumbles.overflows === 0 && room === null) return null;
  const present = viewOf(talk.transcript);
  const size = sizeOf(talk, present);
  if (stumbles.overflows > 0) {
    const target = Math.min(size, room ?? size) * ENOUGH;
    return shorten(talk, present, { target, reason: 'the request was too long for the model' });
  }
  if (room !== null && size > room * FULL) {
    const reason = `about ${size} of ${room} tokens are taken`;
    return shorten(talk, present, { target: room * ENOUGH, reason });
  }
  return size > WORTH.tokens ? forgotten(talk, { present, size, now }) : null;
}

/** Tokens of a request that shows the conversation so, estimated. */
export function sizeOf({ brief, transcript, otherTokens }: Conversed, view: View): number {
  const messages = conversation(brief, transcript, view);
  return messages.reduce((sum, message) => sum + messageTokens(message), otherTokens);
}

interface Goal {
  readonly target: number;
  readonly reason: string;
}

function shorten(talk: Conversed, present: View, { target, reason }: Goal): Condensation | null {
  const { turns } = talk.progress;
  for (let through = present.maskedThrough + 1; through <= turns - KEPT; through++) {
    const view = { ...present, maskedThrough: through };
    if (sizeOf(talk, view) <= target) return { how: 'mask', ...boundsOf(view), reason };
  }
  // When even the last turns are too much they are told as well.
  const through = turns - KEPT > present.summarisedThrough ? turns - KEPT : turns;
  if (through <= present.summarisedThrough) return null;
  const masked = { ...present, maskedThrough: Math.max(present.maskedThrough, through) };
  const askable = talk.progress.stumbles.overflows < 2 && fits(talk, masked);
  const bounds = { maskedThrough: masked.maskedThrough, summarisedThrough: through };
  return { how: askable ? 'ask' : 'digest', ...bounds, reason };
}

function fits(talk: Conversed, view: View): boolean {
  const { room } = talk.progress;
  return room === null || sizeOf(talk, view) + QUESTION_TOKENS <= room;
}

/** When the provider has forgotten it, a shorter conversation costs nothing extra. */
function forgotten(
  talk: Conversed,
  { present, size, now }: { present: View; size: number; now: number },
): Condensation | null {
  const { reply, turns } = talk.progress;
  const through = turns - KEPT;
  if (reply === null || now - reply.at <= REMEMBERED_MS || through <= present.maskedThrough) return null;
  const view = { ...present, maskedThrough: through };
  if (sizeOf(talk, view) > size * (1 - WORTH.share)) return null;
  const minutes = Math.round((now - reply.at) / 60_000);
  return {
    how: 'mask',
    ...boundsOf(view),
    reason: `nothing was asked for ${minutes} minutes: what the provider remembers is gone`,
  };
}

function boundsOf({ maskedThrough, summarisedThrough }: View) {
  return { maskedThrough, summarisedThrough };
}
