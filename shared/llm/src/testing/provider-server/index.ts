/** A provider of language models on loopback. Free of the test runner: programs that are no tests may start it too. */
export { errorBody, type Fault, invalidUtf8 } from './fault.ts';
export { type Provider, type ProviderOptions, startProvider } from './provider.ts';
export type { ProviderAnswer, ProviderCall, ProviderUsage } from './provider-answer.ts';
export type { Conversation, ProviderApi, ProviderRequest } from './provider-request.ts';
export { UsageCount } from './usage-count.ts';
