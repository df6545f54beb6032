/** Asks a model once, as an agent would, and looks at what it can do. */
import { ModelFailure, type ModelReply, type ModelRequest, type ModelSettings } from '@modelwright/llm';
import { type NoticedAnswer, openAiModel } from '@modelwright/llm/openai';
import { z } from 'zod';
import type { ModelFinding } from '../core/model-findings.ts';

/** A model that has to be loaded first may need most of it. */
const LONGEST_MS = 60_000;

const SUM = 42;
const REQUEST: ModelRequest = {
  system: 'You are asked one question, to see whether you can call tools.',
  messages: [{ role: 'user', text: 'What is 17 + 25? Answer by calling the tool report_sum.' }],
  tools: [
    {
      name: 'report_sum',
      description: 'Takes the answer.',
      parameters: {
        type: 'object',
        properties: { sum: { type: 'integer', description: 'The sum.' } },
        required: ['sum'],
        additionalProperties: false,
      },
    },
  ],
  seed: 1,
  cacheKey: 'modelwright-doctor',
};

export async function probeModel(settings: ModelSettings, key: string | null): Promise<ModelFinding> {
  let noticed: NoticedAnswer = { streamed: false, leftOut: [] };
  const { api, ...rest } = settings;
  const model = openAiModel(api, {
    ...rest,
    key,
    timeoutMs: Math.min(settings.timeoutMs, LONGEST_MS),
    now: Date.now,
    noticed: (answer) => {
      noticed = answer;
    },
  });
  const start = performance.now();
  try {
    const reply = await model.complete(REQUEST, AbortSignal.timeout(LONGEST_MS));
    const milliseconds = Math.round(performance.now() - start);
    return { kind: 'answered', settings, milliseconds, ...noticed, ...seenIn(reply) };
  } catch (error) {
    if (error instanceof ModelFailure) return { kind: 'silent', settings, failure: error.failure };
    throw error;
  }
}

const sumArguments = z.object({ sum: z.number() });

function seenIn({ calls, text, usage, finish }: ModelReply) {
  const [call] = calls;
  return {
    callsTools: call?.name === 'report_sum' && isSum(call.arguments),
    said: calls.length > 0 ? calls.map((one) => `${one.name} ${one.arguments}`).join(' ') : text,
    refused: finish === 'refused',
    usage,
  };
}

function isSum(written: string): boolean {
  try {
    return sumArguments.parse(JSON.parse(written)).sum === SUM;
  } catch {
    return false;
  }
}
