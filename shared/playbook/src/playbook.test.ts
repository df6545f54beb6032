import { renderBrief } from '@modelwright/llm';
import { describeModelConformance } from '@modelwright/llm/testing';
import { describe, expect, it } from 'vitest';
import { createPlaybook } from './playbook.ts';
import { aggregatorBrief, coderBrief, designerBrief, tunerBrief } from './testing/briefs.ts';

const tool = (name: string) => ({ name, description: name, parameters: { type: 'object' } });

const requests = {
  designer: { brief: designerBrief(), tools: [tool('submit_plans')] },
  coder: { brief: coderBrief(), tools: [tool('write_file')] },
  tuner: { brief: tunerBrief(), tools: [tool('train_start')] },
  aggregator: { brief: aggregatorBrief(), tools: [tool('blend_predictions')] },
} as const;

for (const [role, { brief, tools }] of Object.entries(requests)) {
  describeModelConformance(`the playbook as ${role}`, () =>
    Promise.resolve({
      model: createPlaybook({ clumsy: true }),
      request: {
        system: 'Work.',
        messages: [{ role: 'user', text: renderBrief(brief) }],
        tools,
        seed: 1,
        cacheKey: 'test',
      },
    }),
  );
}

describe('the playbook', () => {
  const request = {
    system: 'Work.',
    messages: [{ role: 'user', text: renderBrief(coderBrief()) }],
    tools: [],
    seed: 1,
    cacheKey: 'test',
  } as const;
  const ask = (seed: number, clumsy: boolean) =>
    createPlaybook({ clumsy }).complete({ ...request, seed }, new AbortController().signal);

  it('gives the same answer to the same conversation, whoever asks and however often', async () => {
    expect(await ask(1, true)).toEqual(await ask(2, true));
  });

  it('costs nothing', async () => {
    const { usage } = await ask(1, false);
    expect(usage).toEqual({
      inputTokens: 0,
      cachedTokens: 0,
      outputTokens: 0,
      reasoningTokens: 0,
      microUsd: 0,
      priced: true,
    });
    expect(createPlaybook({ clumsy: false }).ceiling(request)).toBe(0);
  });
});
