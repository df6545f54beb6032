/**
 * A competent engineer for tests: the playbook, asked through a provider's interface. It notes what it was told of first,
 * and hears nothing but what came over the wire.
 */
import { type Brief, type Message, readBrief } from '@modelwright/llm';
import type { Conversation } from '@modelwright/llm/testing';
import { createPlaybook } from '../../playbook.ts';

export interface EngineerReply {
  readonly text: string;
  readonly calls: ReadonlyArray<{ readonly name: string; readonly args: unknown }>;
}

export type Engineer = (conversation: Conversation) => Promise<EngineerReply>;

const NOTE = 'note';

export function createEngineer({ clumsy }: { readonly clumsy: boolean }): Engineer {
  const playbook = createPlaybook({ clumsy });
  return async ({ system, messages, tools }) => {
    const brief = readBrief(messages);
    if (tools.some(({ name }) => name === NOTE) && !messages.some(callsNote)) return noting(brief);
    const request = { system, messages: withoutNotes(messages), tools, seed: brief.seed, cacheKey: '' };
    const { text, calls } = await playbook.complete(request, new AbortController().signal);
    return { text, calls: calls.map(({ name, arguments: args }) => ({ name, args: JSON.parse(args) })) };
  };
}

function noting({ role, action, candidate }: Brief): EngineerReply {
  const text = `The ${role} begins: ${action} for ${candidate}.`;
  return { text, calls: [{ name: NOTE, args: { text } }] };
}

function callsNote(message: Message): boolean {
  return message.role === 'assistant' && message.calls.some(({ name }) => name === NOTE);
}

/** The playbook knows no notes. */
function withoutNotes(messages: readonly Message[]): Message[] {
  const notes = new Set(
    messages.flatMap((message) =>
      message.role === 'assistant' && callsNote(message) ? message.calls.map(({ id }) => id) : [],
    ),
  );
  return messages.filter(
    (message) => !callsNote(message) && !(message.role === 'tool' && notes.has(message.callId)),
  );
}
