/** A request as a person reads it. Pure. */
import type { Message } from '@modelwright/llm';
import type { ProviderRequest } from '@modelwright/llm/testing';

/** All of it: who the model is to be, what it can do, what was said so far. */
export function requestText({
  model,
  conversation,
}: Pick<ProviderRequest, 'model' | 'conversation'>): string {
  const { system, tools, messages } = conversation;
  const offered = tools.map(
    ({ name, description, parameters }) =>
      `### ${name}\n\n${description}\n\n    ${JSON.stringify(parameters)}\n`,
  );
  return [
    `# A request to ${model}`,
    `## System\n\n${system}`,
    `## Tools\n\n${offered.join('\n')}`,
    `## Conversation\n\n${conversationText(messages)}`,
  ].join('\n\n');
}

/** What has been said since the last reply. */
export function newsText(messages: readonly Message[]): string {
  const last = messages.findLastIndex(({ role }) => role === 'assistant');
  return conversationText(messages.slice(Math.max(last, 0)));
}

function conversationText(messages: readonly Message[]): string {
  const names = new Map(
    messages.flatMap((message) =>
      message.role === 'assistant' ? message.calls.map(({ id, name }) => [id, name] as const) : [],
    ),
  );
  return messages.map((message) => `${messageText(message, names)}\n`).join('\n');
}

function messageText(message: Message, names: ReadonlyMap<string, string>): string {
  switch (message.role) {
    case 'user':
      return `### User\n\n${message.text}`;
    case 'assistant': {
      const calls = message.calls.map((call) => `→ ${call.name} ${call.arguments}`);
      return ['### You said', '', message.text, ...calls].join('\n');
    }
    case 'tool':
      return `### ${names.get(message.callId) ?? message.callId} answered\n\n${message.content}`;
  }
}
