import type { Bus } from '@modelwright/bus';
import { gate as gateRecord } from '@modelwright/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestFarm } from '../testing/index.ts';
import { busGate, gateName } from './bus-gate.ts';

const NOW = 1_000_000;
const EVER = Number.MAX_SAFE_INTEGER;
const at = (bus: Bus, name: string, perMinute: number | null) =>
  busGate({ records: bus.records('gates', gateRecord), name, perMinute, now: () => NOW });

let farm: TestFarm;
beforeAll(async () => {
  farm = await TestFarm.start();
});
afterAll(() => farm[Symbol.asyncDispose]());

describe('a gate on the bus', () => {
  it('gives every call of all processes a turn of its own', async () => {
    const processes = await Promise.all(
      (['designer', 'coder', 'coder', 'tuner'] as const).map(async (user) =>
        at(await farm.busOf(user), 'busy', 60),
      ),
    );
    const turns = await Promise.all(
      Array.from({ length: 20 }, (_, n) => processes[n % 4]?.turn(EVER) ?? expect.unreachable()),
    );
    const waits = turns.map((turn) => turn - NOW).toSorted((a, b) => a - b);
    const burst = [0, 0, 0, 0, 0, 0];
    const oneASecond = Array.from({ length: 14 }, (_, n) => (n + 1) * 1000);
    expect(waits).toEqual([...burst, ...oneASecond]);
  });

  it('takes no turn for who will not wait for it', async () => {
    const slow = at(farm.bus, 'slow', 1);
    expect(await slow.turn(EVER)).toBe(NOW);
    expect(await slow.turn(NOW + 1000)).toBe(NOW + 60_000);
    expect(await at(farm.bus, 'slow', 1).turn(EVER)).toBe(NOW + 60_000);
  });

  it('closes for all processes when one of them was told to wait', async () => {
    const [one, other] = [
      at(await farm.busOf('coder'), 'told', null),
      at(await farm.busOf('tuner'), 'told', null),
    ];
    expect(await other.turn(EVER)).toBe(NOW);
    await Promise.all([one.pause(NOW + 5000), other.pause(NOW + 7000), one.pause(NOW + 3000)]);
    expect(await one.turn(EVER)).toBe(NOW + 7000);
    expect(await other.turn(EVER)).toBe(NOW + 7000);
  });
});

describe('the name of a gate', () => {
  const openai = { baseUrl: 'https://api.openai.com/v1' };

  it('is one for a key on a server, and does not tell the key', () => {
    expect(gateName(openai, 'sk-hidden')).toBe(gateName({ baseUrl: 'https://api.openai.com/' }, 'sk-hidden'));
    expect(gateName(openai, 'sk-hidden')).not.toBe(gateName(openai, 'sk-other'));
    expect(gateName(openai, 'sk-hidden')).not.toBe(gateName({ baseUrl: 'http://localhost:1/' }, 'sk-hidden'));
    expect(gateName(openai, 'sk-hidden')).toMatch(/^[0-9a-f]{32}$/);
  });
});
