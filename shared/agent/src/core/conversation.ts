/**
 * The conversation as the model sees it, rendered from the transcript. It only ever grows at its end, so that a provider
 * can keep what it has read; where it became too long, a record says from where on it is shown shorter.
 */
import type { ToolCall, TurnRecord } from '@modelwright/contracts';
import type { Message } from '@modelwright/llm';
import { reminder } from './reminders.ts';

/** What is shown shorter: answers of tools up to one turn, and everything up to another. */
export interface View {
  readonly maskedThrough: number;
  readonly summarisedThrough: number;
  readonly summary: string;
}

const WHOLE: View = { maskedThrough: 0, summarisedThrough: 0, summary: '' };

/** As the last record of its kind says. */
export function viewOf(transcript: readonly TurnRecord[]): View {
  return transcript.findLast((record) => record.type === 'condensed') ?? WHOLE;
}

export function conversation(
  brief: string,
  transcript: readonly TurnRecord[],
  view: View = viewOf(transcript),
): Message[] {
  const messages: Message[] = [{ role: 'user', text: brief }];
  if (view.summarisedThrough > 0) messages.push({ role: 'user', text: told(view) });
  let calls: readonly ToolCall[] = [];
  // What was counted before holds no longer once something else stands before it.
  const standing = transcript.findLastIndex((record) => record.type === 'condensed');
  for (const [index, record] of transcript.entries()) {
    if (record.type === 'reply') calls = record.calls;
    if (record.type === 'reply' && record.turn > view.summarisedThrough) {
      messages.push(...said(record, index > standing));
    }
    if (record.type === 'result' && record.turn > view.summarisedThrough) {
      messages.push(answer(record, calls, view.maskedThrough));
    }
  }
  return messages;
}

function told({ summarisedThrough, summary }: View): string {
  return `Your turns 1 to ${summarisedThrough} are left out here. What happened in them, in short:\n\n${summary}`;
}

function said(reply: Extract<TurnRecord, { type: 'reply' }>, isCounted: boolean): Message[] {
  const { text, calls, opaque = null, model, usage } = reply;
  const answered: Message[] = calls.length > 0 ? [] : [{ role: 'user', text: reminder(reply) }];
  // Some servers refuse a message without anything in it.
  if (text.trim() === '' && calls.length === 0 && opaque === null) return answered;
  const counted = isCounted && usage.inputTokens > 0 ? { counted: usage.inputTokens } : {};
  return [{ role: 'assistant', text, calls, opaque, model, ...counted }, ...answered];
}

function answer(
  { turn, call, content, failed }: Extract<TurnRecord, { type: 'result' }>,
  calls: readonly ToolCall[],
  maskedThrough: number,
): Message {
  const callId = calls[call]?.id;
  if (callId === undefined) throw new Error(`turn ${turn} has a result for a call it did not make`);
  return { role: 'tool', callId, content: turn > maskedThrough ? content : masked(content), failed };
}

/** Answers that are hardly longer than what would stand in their place stay. */
const WORTH_MASKING = 400;
/** Characters of them that are still shown. */
const MASKED = 160;

export function masked(content: string): string {
  if (content.length <= WORTH_MASKING) return content;
  const left = content.length - MASKED;
  const kept = content.slice(0, MASKED).toWellFormed();
  return `${kept}\n[… ${left} characters left out: call the tool again if you need them]`;
}
