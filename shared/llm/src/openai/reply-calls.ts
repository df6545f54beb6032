/** The calls of a reply as the loop may have them: with ids that are unique in the conversation, and known names. */
import type { ToolCall } from '@modelwright/contracts';
import type { Message } from '../message.ts';
import type { ModelRequest } from '../model.ts';

export function replyCalls(calls: readonly ToolCall[], { messages, tools }: ModelRequest): ToolCall[] {
  const offered = new Set(tools.map(({ name }) => name));
  return withOwnIds(calls, messages).map((call) => ({ ...call, name: meantName(call.name, offered) }));
}

/** Servers leave ids out, or begin anew with every reply: such calls get ids of ours. */
function withOwnIds(calls: readonly ToolCall[], former: readonly Message[]): ToolCall[] {
  const said = former.filter((message) => message.role === 'assistant');
  const taken = new Set(said.flatMap((message) => message.calls.map((call) => call.id)));
  return calls.map((call, index) => {
    const own = call.id === '' || taken.has(call.id) ? `call-${said.length + 1}-${index + 1}` : call.id;
    taken.add(own);
    return { ...call, id: own };
  });
}

/** Some models' marks stay on the names they write: `functions.look`, `look<|channel|>commentary`. */
function meantName(name: string, offered: ReadonlySet<string>): string {
  if (offered.has(name)) return name;
  const bare = name
    .replace(/^functions?[.:]/, '')
    .replace(/<\|.*$/s, '')
    .trim();
  return offered.has(bare) ? bare : name;
}
