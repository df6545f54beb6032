import { describe, expect, it } from 'vitest';
import { createPlaybook } from '../playbook.ts';
import { aggregatorBrief } from '../testing/briefs.ts';
import { converse, type Result } from '../testing/converse.ts';

const score = (value: number) => ({
  value,
  standardError: 0.02,
  interval: [value - 0.04, value + 0.04],
  rows: 100,
});
const estimated = (value: number, weights: object = { c1: 0.6, c2: 0.4 }) => ({
  content: JSON.stringify({
    weights,
    estimate: score(value),
    bestSingle: { name: 'c1', oof: 0.29 },
    chosenPerFold: { value: 0.3, standardError: 0.02 },
    gain: { improvement: 0.3 - value, standardError: 0.02, gate: 0.033, better: 0.3 - value > 0.033 },
    correlation: { names: ['c1', 'c2'], matrix: [] },
  }),
});
const assembled = {
  content: JSON.stringify({ job: 'j1', outcome: 'finished', oof: score(0.25), seconds: 2 }),
};

async function aggregated(answers: Readonly<Record<string, Result>>) {
  const toolbox = (name: string) => answers[name] ?? { content: 'done', final: true };
  const { steps, gaveUp } = await converse(createPlaybook({ clumsy: false }), aggregatorBrief(), toolbox);
  return { names: steps.map(({ name }) => name), last: steps.at(-1)?.args, gaveUp };
}

describe('the aggregator', () => {
  it('hands over a blend that is ahead past the gate by which it will be judged', async () => {
    const { names, last } = await aggregated({
      blend_predictions: estimated(0.25),
      assemble_blend: assembled,
    });
    expect(names).toEqual(['blend_predictions', 'assemble_blend', 'submit_blend']);
    expect(last).toEqual({
      job: 'j1',
      reason: 'log_loss 0.2500 ± 0.020 blended (c1 0.60, c2 0.40), 0.3000 by the best single one (c1)',
    });
  });

  it.each([
    ['ahead by less', estimated(0.275)],
    ['behind', estimated(0.4)],
    ['one candidate', estimated(0.2, { c1: 1 })],
  ])('hands over the best candidate when the blend is %s', async (_what, estimate) => {
    const { names, last } = await aggregated({ blend_predictions: estimate });
    expect(names).toEqual(['blend_predictions', 'submit_single']);
    expect(last).toMatchObject({
      candidate: 'c1',
      reason: expect.stringContaining('0.3000 by the best single one (c1)'),
    });
  });

  it('hands over the best candidate when the blend cannot be put together', async () => {
    const broken = {
      content: JSON.stringify({ job: 'j1', outcome: 'failed', reason: 'exit code 1', oof: null }),
    };
    const { last } = await aggregated({ blend_predictions: estimated(0.2), assemble_blend: broken });
    expect(last).toMatchObject({ candidate: 'c1', reason: expect.stringContaining('exit code 1') });
  });

  it('hands over the best candidate when no blend can be estimated', async () => {
    const { last } = await aggregated({ blend_predictions: { content: 'no common rows', failed: true } });
    expect(last).toMatchObject({ candidate: 'c1', reason: expect.stringContaining('no common rows') });
  });
});
