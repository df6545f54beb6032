import { describeTranscriptConformance } from '@modelwright/agent/testing';
import { scrubber } from '@modelwright/telemetry';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestFarm } from '../testing/index.ts';
import { busTranscript } from './bus-transcript.ts';

const run = 'flowers-abc123-03';
let farm: TestFarm;
let opened = 0;

beforeAll(async () => {
  farm = await TestFarm.start();
});
afterAll(() => farm[Symbol.asyncDispose]());

describeTranscriptConformance('the stream TURNS', () => {
  opened += 1;
  const assignment = { id: `${run}_c1_implement_${opened}`, run };
  return Promise.resolve(() => busTranscript(farm.bus.streams, assignment));
});

it('a transcript outlives the server', async () => {
  const assignment = { id: `${run}_c1_implement_survives`, run };
  const before = busTranscript(farm.bus.streams, assignment);
  await before.load();
  await before.append({ type: 'taken', worker: 'a', at: 1 });
  await farm.server.kill();
  await farm.server.restart();
  expect(await busTranscript(farm.bus.streams, assignment).load()).toEqual([
    { type: 'taken', worker: 'a', at: 1 },
  ]);
  expect(await before.append({ type: 'taken', worker: 'a', at: 2 })).toBe('appended');
});

it('a transcript holds no secret, wherever it came from', async () => {
  const assignment = { id: `${run}_c1_implement_secret`, run };
  const transcript = busTranscript(farm.bus.streams, assignment, scrubber(['the key of this test']));
  await transcript.load();
  await transcript.append({ type: 'taken', worker: 'who has the key of this test', at: 1 });
  expect(await transcript.load()).toEqual([{ type: 'taken', worker: 'who has [secret]', at: 1 }]);
});
