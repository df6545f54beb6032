import { catalogueOfEnvironment } from '@modelwright/llm';
import { describe, expect, it } from 'vitest';
import { type ModelFinding, modelCheck, modelChecks } from './model-findings.ts';

const reading = catalogueOfEnvironment({ OPENAI_API_KEY: 'k', OPENAI_MODEL: 'gpt-5.4' });
const settings = reading.kind === 'read' ? reading.catalogue.models['gpt-5.4'] : undefined;
if (settings === undefined) throw new Error('no model');

const answered: ModelFinding = {
  kind: 'answered',
  settings,
  milliseconds: 1240,
  streamed: true,
  leftOut: [],
  callsTools: true,
  refused: false,
  said: 'report_sum {"sum":42}',
  usage: {
    inputTokens: 90,
    cachedTokens: 0,
    outputTokens: 20,
    reasoningTokens: 0,
    microUsd: 525,
    priced: true,
  },
};
const silent = (kind: string): ModelFinding => ({
  kind: 'silent',
  settings,
  failure: { kind, message: 'it said no', retryable: false, origin: 'llm', causes: [] },
});

describe('what doctor says of a model', () => {
  it('is what it can do, how long that takes and what it costs', () => {
    expect(modelCheck(answered)).toEqual({
      name: 'model gpt-5.4',
      status: 'ok',
      detail:
        'gpt-5.4 at https://api.openai.com/v1 (responses): answers in 1.2 s; streams; calls tools; ' +
        '90 tokens in, 20 out, $0.0005',
      remedy: null,
    });
  });

  it('warns of one that calls no tool, and says what to write', () => {
    const check = modelCheck({ ...answered, callsTools: false, said: 'It is 42.' });
    expect(check).toMatchObject({ status: 'warn', remedy: expect.stringContaining('tools: text') });
    const inText = { ...answered, settings: { ...settings, tools: 'text' as const }, callsTools: false };
    expect(modelCheck(inText).remedy).toContain('too small');
  });

  it('warns of one without a price, and of one that refuses', () => {
    const unpriced = { ...answered, usage: { ...answered.usage, microUsd: 0, priced: false } };
    expect(modelCheck(unpriced)).toMatchObject({
      status: 'warn',
      detail: expect.stringContaining('no known price'),
    });
    expect(modelCheck({ ...answered, refused: true, said: 'I must not.' }).remedy).toContain('I must not.');
  });

  it('says what the server did without', () => {
    expect(modelCheck({ ...answered, leftOut: ['temperature'] }).detail).toContain(
      'does without temperature',
    );
  });

  it.each([
    ['not-allowed', 'Look at the key in OPENAI_API_KEY.'],
    ['unavailable', 'Is a server running at https://api.openai.com/v1,'],
    ['quota-spent', 'no money left'],
    ['broken-reply', 'Try once more'],
  ])('says what to do about %s', (kind, remedy) => {
    expect(modelCheck(silent(kind))).toMatchObject({
      status: 'warn',
      remedy: expect.stringContaining(remedy),
    });
  });

  it('is that there is none, where none is configured; and nothing where nobody was asked', () => {
    expect(modelChecks([])).toMatchObject([{ name: 'models', status: 'ok' }]);
    expect(modelChecks(null)).toEqual([]);
  });

  it('names the key that is missing, and asks nobody', () => {
    expect(modelCheck({ kind: 'keyless', settings })).toMatchObject({
      status: 'warn',
      remedy: 'export OPENAI_API_KEY=<your key>',
    });
  });
});
