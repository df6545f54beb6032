/** How long a text is for a model, about: 3.5 bytes a token, which for prose and code is rather too many tokens. */
import type { Message } from '@modelwright/llm';

const BYTES_PER_TOKEN = 3.5;
/** What marks a message as one. */
const TOKENS_PER_MESSAGE = 6;

const encoder = new TextEncoder();

export function tokensOf(text: string): number {
  return Math.ceil(encoder.encode(text).length / BYTES_PER_TOKEN);
}

export function messageTokens(message: Message): number {
  switch (message.role) {
    case 'user':
      return tokensOf(message.text) + TOKENS_PER_MESSAGE;
    case 'tool':
      return tokensOf(message.content) + TOKENS_PER_MESSAGE;
    case 'assistant': {
      const { text, calls, opaque } = message;
      const more = opaque === null ? '' : JSON.stringify(opaque);
      const called = calls.map((call) => `${call.name}${call.arguments}`).join('');
      return tokensOf(text + called + more) + TOKENS_PER_MESSAGE * (1 + calls.length);
    }
  }
}
