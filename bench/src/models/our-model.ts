/** A model as our services ask it: fall-back, retries, gate, adapter. */
import { localGate, type Model, modelsOf, systemClock } from '@modelwright/llm';
import { openAiModel } from '@modelwright/llm/openai';
import type { Logger } from '@modelwright/telemetry';
import { CONTEXT_TOKENS, MOST_OUTPUT_TOKENS } from './prompt.ts';

export function ourModel(url: string, name: string, logger: Logger): Model {
  const settings = {
    name,
    model: name,
    baseUrl: url,
    api: 'chat',
    keyEnv: null,
    tools: 'native',
    structured: 'json_schema',
    contextTokens: CONTEXT_TOKENS,
    maxOutputTokens: MOST_OUTPUT_TOKENS,
    temperature: null,
    reasoningEffort: null,
    price: { input: 1, cachedInput: 0.1, output: 4, source: 'the benchmark', long: null },
    timeoutMs: 60_000,
    idleMs: 60_000,
    requestsPerMinute: null,
  } as const;
  const catalogue = {
    models: { [name]: settings },
    roles: { default: [name] },
    web: { searchUrl: null, deny: [] },
  };
  return modelsOf(catalogue, {
    variables: {},
    clock: systemClock,
    logger,
    connect: ({ api, ...model }, key) => openAiModel(api, { ...model, key, now: Date.now }),
    gate: ({ requestsPerMinute }) => localGate(requestsPerMinute, Date.now),
  })([name], 'designer');
}
