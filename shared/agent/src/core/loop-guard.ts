/**
 * Going round in circles: the same tool, called with the same arguments, has answered the same, and no file has changed in
 * between. The model is warned; if it goes on, such calls count as failed and end their turn.
 */
import type { ToolCall, TurnRecord } from '@modelwright/contracts';
import { type AnsweredCall, answeredCalls } from './answered-calls.ts';

/** How often the same thing must have happened. */
export const REPEATS = { warn: 3, fail: 5 } as const;

type Said = Pick<AnsweredCall, 'name' | 'arguments' | 'content'>;

/** How often this has happened since the files last changed. */
export function repeats(transcript: readonly TurnRecord[], said: Said): number {
  return count(sinceTheFilesChanged(answeredCalls(transcript)), said);
}

/** A call of the last reply that has come round once too often: what follows it in the reply is not run. */
export function turnEnder(transcript: readonly TurnRecord[], exempt: ReadonlySet<string>): ToolCall | null {
  return lastOnes(transcript, exempt).find(({ times }) => times >= REPEATS.fail)?.call ?? null;
}

/** Calls of the last reply that come round again and again, each once. */
export function circles(
  transcript: readonly TurnRecord[],
  exempt: ReadonlySet<string>,
): { readonly call: ToolCall; readonly times: number }[] {
  const again = lastOnes(transcript, exempt).filter(({ times }) => times >= REPEATS.warn);
  const byCall = again.map((one) => [`${one.call.name} ${one.call.arguments}`, one] as const);
  return [...new Map(byCall).values()];
}

function lastOnes(transcript: readonly TurnRecord[], exempt: ReadonlySet<string>) {
  const start = transcript.findLastIndex((record) => record.type === 'reply');
  const reply = transcript[start];
  if (reply?.type !== 'reply') return [];
  const before = sinceTheFilesChanged(answeredCalls(transcript));
  return transcript.slice(start).flatMap((record) => {
    const call = record.type === 'result' ? reply.calls[record.call] : undefined;
    if (record.type !== 'result' || call === undefined || exempt.has(call.name)) return [];
    const { name, arguments: text } = call;
    return [{ call, times: count(before, { name, arguments: text, content: record.content }) }];
  });
}

function count(calls: readonly AnsweredCall[], said: Said): number {
  return calls.filter(
    (call) => call.name === said.name && call.arguments === said.arguments && call.content === said.content,
  ).length;
}

function sinceTheFilesChanged(calls: readonly AnsweredCall[]): readonly AnsweredCall[] {
  const present = calls.at(-1)?.version?.commit;
  return calls.slice(calls.findLastIndex(({ version }) => version?.commit !== present) + 1);
}
