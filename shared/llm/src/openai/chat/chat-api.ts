/**
 * Chat Completions, which nearly every server speaks.
 * https://platform.openai.com/docs/api-reference/chat
 */
import type { WireApi } from '../wire-api.ts';
import { chatBody } from './chat-body.ts';
import { ChatReader } from './chat-reader.ts';

export const chatApi: WireApi = {
  path: '/chat/completions',
  body: chatBody,
  reader: () => new ChatReader(),
};
