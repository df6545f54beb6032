import { describe, expect, it } from 'vitest';
import type { Model, ModelRequest } from '../model.ts';
import { LeapingClock } from '../testing/leaping-clock.ts';
import { modelFailure, UnsteadyModel } from '../testing/unsteady-model.ts';
import { gated, localGate } from './gate.ts';

const NOW = 1_000_000;
const request: ModelRequest = { system: '', messages: [], tools: [], seed: 1, cacheKey: '' };
const ask = (model: Model) => model.complete(request, new AbortController().signal);

describe('a gate', () => {
  it('holds a call until its turn', async () => {
    const clock = new LeapingClock(NOW);
    const model = gated(new UnsteadyModel('m', ['Here.']), localGate(6, clock.now.bind(clock)), {
      clock,
      patienceMs: 20_000,
    });
    await ask(model);
    await ask(model);
    expect(clock.slept).toEqual([10_000]);
  });

  it('refuses a call whose turn is far off, before anything is sent', async () => {
    const clock = new LeapingClock(NOW);
    const inner = new UnsteadyModel('m', ['Here.']);
    const gate = localGate(null, clock.now.bind(clock));
    await gate.pause(NOW + 120_000);
    const refused = await ask(gated(inner, gate, { clock, patienceMs: 20_000 })).catch(
      (error: unknown) => error,
    );
    expect(refused).toMatchObject({
      failure: { kind: 'rate-limited' },
      charge: 'none',
      retryAt: NOW + 120_000,
    });
    expect(inner.attempts).toBe(0);
  });

  it('is closed for an hour at most, however long one was told to wait', async () => {
    const clock = new LeapingClock(NOW);
    const gate = localGate(null, clock.now.bind(clock));
    const limited = modelFailure('rate-limited', { retryAt: NOW + 24 * 3_600_000 });
    const model = gated(new UnsteadyModel('m', [limited, 'Here.']), gate, { clock, patienceMs: 20_000 });
    await expect(ask(model)).rejects.toBe(limited);
    clock.leap(3_600_000 - 20_001);
    await expect(ask(model)).rejects.toMatchObject({ retryAt: NOW + 3_600_000 });
    clock.leap(20_001);
    expect((await ask(model)).text).toBe('Here.');
  });

  it('closes for all when one was told to wait', async () => {
    const clock = new LeapingClock(NOW);
    const gate = localGate(null, clock.now.bind(clock));
    const limited = modelFailure('rate-limited', { retryAt: NOW + 3000 });
    const one = gated(new UnsteadyModel('one', [limited]), gate, { clock, patienceMs: 20_000 });
    const other = gated(new UnsteadyModel('other', ['Here.']), gate, { clock, patienceMs: 20_000 });
    await expect(ask(one)).rejects.toBe(limited);
    await ask(other);
    expect(clock.slept).toEqual([3000]);
  });
});
