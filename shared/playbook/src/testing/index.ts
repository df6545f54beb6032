/** For tests: the playbook where a language model would be, behind a provider's interface. */
export { PrefixCache, type ReadTokens, sharedPrefix, tokensOf } from './engineer/prefix-cache.ts';
export { type Heard, heard } from './engineer/wire.ts';
