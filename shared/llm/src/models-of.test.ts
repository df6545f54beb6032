import { createLogger } from '@modelwright/telemetry';
import { describe, expect, it } from 'vitest';
import { localGate } from './asking/gate.ts';
import type { Catalogue, Variables } from './catalogue/catalogue.ts';
import { readCatalogue } from './catalogue/read-catalogue.ts';
import type { Model, ModelRequest } from './model.ts';
import { modelsOf } from './models-of.ts';
import { LeapingClock } from './testing/leaping-clock.ts';
import { type Attempt, modelFailure, UnsteadyModel } from './testing/unsteady-model.ts';

const NOW = 1_000_000;
const request: ModelRequest = { system: '', messages: [], tools: [], seed: 1, cacheKey: '' };
const ask = (model: Model) => model.complete(request, new AbortController().signal);

const YAML = `models:
  cloud: {key_env: CLOUD_KEY}
  local: {key_env: none}
roles:
  default: [cloud, local]
`;

function catalogue(text: string, variables: Variables): Catalogue {
  const bytes = new TextEncoder().encode(text);
  const reading = readCatalogue({ file: 'm', bytes, variables, read: () => '' });
  if (reading.kind === 'faulty') throw new Error(JSON.stringify(reading.faults));
  return reading.catalogue;
}

function stage(
  goes: Readonly<Record<string, readonly Attempt[]>>,
  variables: Variables = { CLOUD_KEY: 'k' },
) {
  const clock = new LeapingClock(NOW);
  const connected: [string, string | null][] = [];
  const models = modelsOf(catalogue(YAML, variables), {
    variables,
    clock,
    logger: createLogger({ service: 'test', name: 'test', level: 'silent' }),
    connect({ name }, key) {
      connected.push([name, key]);
      return new UnsteadyModel(name, goes[name] ?? []);
    },
    gate: () => localGate(null, () => clock.now()),
  });
  return { models, connected, clock };
}

describe('the models of a process', () => {
  it('answer by name', async () => {
    const { models } = stage({ local: ['Here.'] });
    expect((await ask(models(['local'], 'coder'))).model).toBe('local');
  });

  it('answer for a role where no name is given', async () => {
    const { models } = stage({ cloud: [modelFailure('quota-spent')], local: ['Here.'] });
    expect((await ask(models([], 'coder'))).model).toBe('local');
  });

  it('are connected once, with their key', async () => {
    const { models, connected } = stage({ cloud: ['Here.'], local: ['Here.'] });
    await ask(models(['cloud'], 'coder'));
    await ask(models(['cloud', 'local'], 'tuner'));
    expect(connected).toEqual([
      ['cloud', 'k'],
      ['local', null],
    ]);
  });

  it('remember over assignments who is down', async () => {
    const { models, clock } = stage({ cloud: [modelFailure('quota-spent'), 'Here.'], local: ['There.'] });
    await ask(models([], 'coder'));
    expect((await ask(models([], 'tuner'))).model).toBe('local');
    clock.leap(5 * 60_000);
    expect((await ask(models([], 'tuner'))).model).toBe('cloud');
  });

  it('are asked again for a while when nobody else can be', async () => {
    const { models, clock } = stage({ local: [modelFailure('unavailable'), 'Here.'] });
    await ask(models(['local'], 'coder'));
    expect(clock.slept).toHaveLength(1);
  });

  it('without a key leave the answer to the next', async () => {
    const { models, connected } = stage({ local: ['Here.'] }, {});
    expect((await ask(models([], 'coder'))).model).toBe('local');
    expect(connected).toEqual([['local', null]]);
  });

  it('say which key is missing where there is no next', async () => {
    const { models } = stage({}, {});
    await expect(ask(models(['cloud'], 'coder'))).rejects.toMatchObject({
      failure: { kind: 'not-allowed', message: 'cloud: the environment variable CLOUD_KEY holds no key' },
    });
  });

  it('do not know a name that is not configured', async () => {
    const { models } = stage({});
    await expect(ask(models(['gtp'], 'coder'))).rejects.toMatchObject({ failure: { kind: 'no-model' } });
  });

  it('are nobody where none is configured', async () => {
    const variables = {};
    const none = modelsOf(catalogue('web: {}\n', variables), {
      variables,
      clock: new LeapingClock(NOW),
      logger: createLogger({ service: 'test', name: 'test', level: 'silent' }),
      connect: ({ name }) => new UnsteadyModel(name, []),
      gate: () => localGate(null, () => NOW),
    });
    await expect(ask(none([], 'coder'))).rejects.toMatchObject({
      failure: { kind: 'no-model', message: 'no language model is configured for a coder', retryable: false },
    });
  });
});
