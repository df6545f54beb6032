/** What an agent has called so far, and what it was answered: for tools that look back. */
import type { TurnRecord, Version } from '@modelwright/contracts';

export interface AnsweredCall {
  readonly name: string;
  /** JSON text, as the model wrote it. */
  readonly arguments: string;
  readonly content: string;
  readonly failed: boolean;
  /** The files after the call. */
  readonly version: Version | null;
  /** When the reply was recorded. */
  readonly at: number;
}

export function answeredCalls(transcript: readonly TurnRecord[]): AnsweredCall[] {
  const answered: AnsweredCall[] = [];
  let reply: Extract<TurnRecord, { type: 'reply' }> | null = null;
  for (const record of transcript) {
    if (record.type === 'reply') reply = record;
    if (record.type !== 'result') continue;
    const call = reply?.calls[record.call];
    if (reply === null || call === undefined) continue;
    const { content, failed, version } = record;
    answered.push({ name: call.name, arguments: call.arguments, content, failed, version, at: reply.at });
  }
  return answered;
}
