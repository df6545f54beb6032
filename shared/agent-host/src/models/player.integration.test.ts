import { readCatalogue } from '@modelwright/llm';
import {
  describeModelConformance,
  errorBody,
  type Fault,
  LeapingClock,
  type Provider,
  sampleRequest,
  startProvider,
} from '@modelwright/llm/testing';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { TestFarm } from '../testing/index.ts';
import { createPlayers, type Players } from './player.ts';

const KEY = 'the key of this test';
const BUSY = { kind: 'status', status: 503, body: errorBody('overloaded', null, 'server_error') } as const;
const keys = { CLOUD_KEY: KEY };
const signal = new AbortController().signal;

let farm: TestFarm;
beforeAll(async () => {
  farm = await TestFarm.start();
});
afterAll(() => farm[Symbol.asyncDispose]());

/** Says who it is, and calls the tool that it was offered. */
const provider = (text: string, fault: (number: number) => Fault | null = () => null): Promise<Provider> =>
  startProvider({
    key: KEY,
    fault,
    answer: ({ conversation: { tools } }) => ({ text, calls: tools.map(({ name }) => ({ name, args: {} })) }),
  });

/** As a process of that role has them. */
async function playersOf(
  user: 'coder' | 'tuner',
  servers: Readonly<Record<string, Provider>>,
  clock = new LeapingClock(Date.now()),
): Promise<Players> {
  const models = Object.entries(servers).map(
    ([name, { url }]) =>
      `  ${name}: {base_url: '${url}', key_env: CLOUD_KEY, price: {input: 1, output: 8}}\n`,
  );
  const names = Object.keys(servers);
  const text =
    names.length === 0 ? 'web: {}' : `models:\n${models.join('')}roles: {default: [${names.join(', ')}]}`;
  const source = { file: 'modelwright.yaml', bytes: Buffer.from(text), variables: keys, read: () => '' };
  const reading = readCatalogue(source);
  if (reading.kind === 'faulty') throw new Error(JSON.stringify(reading.faults));
  const bus = await farm.busOf(user);
  return createPlayers({ models: { catalogue: reading.catalogue, keys }, bus, logger: farm.logger, clock });
}

const anyModels = { kind: 'models' as const, models: [] };

describeModelConformance('what a service asks', async () => {
  const server = await provider('Here.');
  onTestFinished(() => server[Symbol.asyncDispose]());
  const players = await playersOf('coder', { only: server });
  return { model: players(anyModels, 'coder'), request: sampleRequest };
});

describe('who answers for an assignment', () => {
  it('is the next provider from the moment on when the first has failed', async () => {
    await using first = await provider('One.', (number) => (number === 1 ? null : BUSY));
    await using second = await provider('Two.');
    const model = (await playersOf('coder', { first, second }))(anyModels, 'coder');
    const before = await model.complete(sampleRequest, signal);
    const after = await model.complete(sampleRequest, signal);
    const later = await model.complete(sampleRequest, signal);
    expect([before, after, later].map(({ model: who, text }) => [who, text])).toEqual([
      ['first', 'One.'],
      ['second', 'Two.'],
      ['second', 'Two.'],
    ]);
    for (const { usage } of [before, after, later]) {
      expect(usage).toMatchObject({ priced: true });
      expect(usage.microUsd).toBeGreaterThan(0);
      expect(usage.microUsd).toBeLessThanOrEqual(model.ceiling(sampleRequest));
    }
    // The first was given up after some attempts, and left alone then.
    const attempts = first.requests.length;
    await model.complete(sampleRequest, signal);
    expect(first.requests).toHaveLength(attempts);
  });

  it('waits in every process when one of them was told to', async () => {
    await using server = await provider('Here.', (number) =>
      number === 1
        ? { kind: 'status', status: 429, headers: { 'retry-after': '9' }, body: errorBody('slow down') }
        : null,
    );
    const start = Date.now();
    const coder = (await playersOf('coder', { only: server }, new LeapingClock(start)))(anyModels, 'coder');
    await coder.complete(sampleRequest, signal);
    const clock = new LeapingClock(start);
    const tuner = (await playersOf('tuner', { only: server }, clock))(anyModels, 'tuner');
    await tuner.complete(sampleRequest, signal);
    expect(clock.slept).toEqual([9000]);
  });

  it('is the one that was named, not the one that is first in line', async () => {
    await using first = await provider('One.');
    await using second = await provider('Two.');
    const players = await playersOf('coder', { first, second });
    const model = players({ kind: 'models', models: ['second'] }, 'coder');
    expect((await model.complete(sampleRequest, signal)).text).toBe('Two.');
    expect(first.requests).toHaveLength(0);
  });

  it('is nobody where none is configured, and says so when asked', async () => {
    const model = (await playersOf('coder', {}))(anyModels, 'coder');
    await expect(model.complete(sampleRequest, signal)).rejects.toMatchObject({
      failure: { kind: 'no-model' },
    });
  });
});
