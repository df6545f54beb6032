/** Ids of tool calls on the wire. */
import type { Message } from '../message.ts';

/**
 * By id, what a call is called on the wire. A model sees its own ids again, since some servers keep more in them than a
 * name; those of another model get a form that the strictest servers take: nine letters and digits.
 */
export function wireIds(messages: readonly Message[], model: string): ReadonlyMap<string, string> {
  const calls = messages.flatMap((message) =>
    message.role === 'assistant' ? message.calls.map(({ id }) => ({ id, own: message.model === model })) : [],
  );
  return new Map(
    calls.map(({ id, own }, index) => [id, own ? id : `call${String(index + 1).padStart(5, '0')}`]),
  );
}
