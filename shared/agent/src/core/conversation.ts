/** The conversation as the model sees it, rendered from the transcript: it only ever grows at its end. */
import type { ToolCall, TurnRecord } from '@modelwright/contracts';
import type { Message } from '@modelwright/llm';

const REMINDER =
  'You called no tool. Work happens only through tools: call the next one, or the one that hands over your result. ' +
  'If it cannot be done, answer once more without a call and say why; that ends the assignment as failed.';

export function conversation(brief: string, transcript: readonly TurnRecord[]): Message[] {
  const messages: Message[] = [{ role: 'user', text: brief }];
  let calls: readonly ToolCall[] = [];
  for (const record of transcript) {
    if (record.type === 'reply') {
      calls = record.calls;
      messages.push({
        role: 'assistant',
        text: record.text,
        calls,
        opaque: record.opaque ?? null,
        model: record.model,
      });
      if (calls.length === 0) messages.push({ role: 'user', text: REMINDER });
    } else if (record.type === 'result') {
      const callId = calls[record.call]?.id;
      if (callId === undefined)
        throw new Error(`turn ${record.turn} has a result for a call it did not make`);
      messages.push({ role: 'tool', callId, content: record.content, failed: record.failed });
    }
  }
  return messages;
}
