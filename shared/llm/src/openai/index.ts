/** Models behind OpenAI-compatible servers. An entry of its own: the client library takes a while to load. */
export { openAiModel } from './openai-model.ts';
export type { NoticedAnswer, WireOptions } from './wire-options.ts';
