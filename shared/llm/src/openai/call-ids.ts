/** Ids of tool calls: unique within a conversation, and such that every server takes them. */
import type { ToolCall } from '@modelwright/contracts';
import type { Message } from '../message.ts';

/** Servers leave ids out, or begin anew with every reply: such calls get ids of ours. */
export function withOwnIds(calls: readonly ToolCall[], former: readonly Message[]): ToolCall[] {
  const said = former.filter((message) => message.role === 'assistant');
  const taken = new Set(said.flatMap((message) => message.calls.map((call) => call.id)));
  return calls.map((call, index) => {
    const own = call.id === '' || taken.has(call.id) ? `call-${said.length + 1}-${index + 1}` : call.id;
    taken.add(own);
    return { ...call, id: own };
  });
}

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
