/**
 * Responses, OpenAI's own API of choice.
 * https://platform.openai.com/docs/api-reference/responses
 */
import type { WireApi } from '../wire-api.ts';
import { responsesBody } from './responses-body.ts';
import { ResponsesReader } from './responses-reader.ts';

export const responsesApi: WireApi = {
  path: '/responses',
  body: responsesBody,
  reader: () => new ResponsesReader(),
};
