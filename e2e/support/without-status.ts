/** A conversation as it will be seen again: its last words say what is left of the limits, and are of one request alone. */
import type { Message } from '@modelwright/llm';

const STATUS = '[Limits: ';

export function withoutStatus(messages: readonly Message[]): Message[] {
  const last = messages.at(-1);
  if (last?.role !== 'user') return [...messages];
  const before = messages.slice(0, -1);
  if (last.text.startsWith(STATUS)) return before;
  const at = last.text.lastIndexOf(`\n${STATUS}`);
  return [...before, at < 0 ? last : { ...last, text: last.text.slice(0, at).trimEnd() }];
}
