import { describe, expect, it } from 'vitest';
import { MODEL_FAILURES, type Model, type ModelRequest } from '../model.ts';
import { LeapingClock } from '../testing/leaping-clock.ts';
import { modelFailure, UnsteadyModel } from '../testing/unsteady-model.ts';
import { retrying } from './retrying.ts';

const NOW = 1_000_000;
const request: ModelRequest = { system: '', messages: [], tools: [], seed: 1, cacheKey: '' };
const ask = (model: Model) => model.complete(request, new AbortController().signal);
const persistent = (model: Model, clock: LeapingClock, patienceMs = 20_000) =>
  retrying(model, patienceMs, clock);

describe('retrying', () => {
  it('asks again after failures that cost nothing, each pause longer than the last', async () => {
    const clock = new LeapingClock(NOW);
    const model = new UnsteadyModel('m', [modelFailure('unavailable'), modelFailure('unavailable'), 'Here.']);
    expect((await ask(persistent(model, clock))).text).toBe('Here.');
    expect(clock.slept).toEqual([250, 500]);
  });

  it('draws each pause anew between nothing and its full length', async () => {
    const draws = [0, 0.999];
    const clock = new LeapingClock(NOW, () => draws.shift() ?? 0);
    const model = new UnsteadyModel('m', [modelFailure('unavailable'), modelFailure('unavailable'), 'Here.']);
    await ask(persistent(model, clock));
    expect(clock.slept).toEqual([0, 999]);
  });

  it('waits as long as the provider asks for', async () => {
    const clock = new LeapingClock(NOW);
    const model = new UnsteadyModel('m', [modelFailure('rate-limited', { retryAt: NOW + 7000 }), 'Here.']);
    await ask(persistent(model, clock));
    expect(clock.slept).toEqual([7250]);
  });

  it('gives up where the provider asks for more than there is patience, and says until when', async () => {
    const clock = new LeapingClock(NOW);
    const model = new UnsteadyModel('m', [modelFailure('rate-limited', { retryAt: NOW + 120_000 })]);
    await expect(ask(persistent(model, clock))).rejects.toMatchObject({ retryAt: NOW + 120_000 });
    expect(clock.slept).toEqual([]);
  });

  it('gives up after a while, and says when it would have tried next', async () => {
    const clock = new LeapingClock(NOW, () => 0.99);
    const model = new UnsteadyModel('m', [modelFailure('unavailable')]);
    const end = await ask(persistent(model, clock, 4000)).catch((error: unknown) => error);
    expect(model.attempts).toBe(4);
    expect(end).toMatchObject({ retryAt: expect.any(Number), failure: { kind: 'unavailable' } });
    expect(clock.now()).toBeLessThanOrEqual(NOW + 4000);
  });

  it('never repeats what may have been paid for', async () => {
    const clock = new LeapingClock(NOW);
    const model = new UnsteadyModel('m', [modelFailure('stalled', { charge: 'ceiling' }), 'Here.']);
    await expect(ask(persistent(model, clock))).rejects.toMatchObject({ charge: 'ceiling' });
    expect(model.attempts).toBe(1);
  });

  it.each(['quota-spent', 'not-allowed', 'bad-request', 'context-overflow', 'no-model'] as const)(
    'never repeats what was %s',
    async (kind) => {
      expect(MODEL_FAILURES).toContain(kind);
      const model = new UnsteadyModel('m', [modelFailure(kind), 'Here.']);
      await expect(ask(persistent(model, new LeapingClock(NOW)))).rejects.toMatchObject({
        failure: { kind },
      });
      expect(model.attempts).toBe(1);
    },
  );

  it('stops waiting when it is told to', async () => {
    const stop = new AbortController();
    const model = new UnsteadyModel('m', [modelFailure('unavailable')]);
    stop.abort(new Error('leaving'));
    const asked = persistent(model, new LeapingClock(NOW)).complete(request, stop.signal);
    await expect(asked).rejects.toThrow('leaving');
  });
});
