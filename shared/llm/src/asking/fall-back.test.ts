import { createLogger } from '@modelwright/telemetry';
import { describe, expect, it } from 'vitest';
import type { Model, ModelRequest } from '../model.ts';
import { LeapingClock } from '../testing/leaping-clock.ts';
import { modelFailure, UnsteadyModel } from '../testing/unsteady-model.ts';
import { fallingBack } from './fall-back.ts';
import { HealthBoard } from './health.ts';

const NOW = 1_000_000;
const request: ModelRequest = { system: '', messages: [], tools: [], seed: 1, cacheKey: '' };
const ask = (model: Model) => model.complete(request, new AbortController().signal);

function stage() {
  const clock = new LeapingClock(NOW);
  const logger = createLogger({ service: 'test', name: 'test', level: 'silent' });
  const ports = { health: new HealthBoard(), logger, now: () => clock.now() };
  return { clock, chain: (...models: [Model, ...Model[]]) => fallingBack(models, ports) };
}

describe('models that stand in for each other', () => {
  it('are asked in their order', async () => {
    const { chain } = stage();
    const second = new UnsteadyModel('second', ['Two.']);
    const model = chain(new UnsteadyModel('first', ['One.']), second);
    expect(await ask(model)).toMatchObject({ text: 'One.', model: 'first' });
    expect(second.attempts).toBe(0);
  });

  it.each(['rate-limited', 'unavailable', 'quota-spent', 'not-allowed', 'bad-request', 'no-model'] as const)(
    'answer for one that was %s, in the same call',
    async (kind) => {
      const { chain } = stage();
      const model = chain(
        new UnsteadyModel('first', [modelFailure(kind)]),
        new UnsteadyModel('second', ['Two.']),
      );
      expect(await ask(model)).toMatchObject({ text: 'Two.', model: 'second' });
    },
  );

  it('do not answer in a call that may already be paid for', async () => {
    const { chain } = stage();
    const second = new UnsteadyModel('second', ['Two.']);
    const broken = modelFailure('broken-reply', { charge: 'ceiling', model: 'first' });
    const model = chain(new UnsteadyModel('first', [broken]), second);
    await expect(ask(model)).rejects.toBe(broken);
    expect(second.attempts).toBe(0);
  });

  it('answer for one that broke off twice in a row, from the next call on', async () => {
    const { chain } = stage();
    const first = new UnsteadyModel('first', [modelFailure('stalled', { charge: 'ceiling' })]);
    const model = chain(first, new UnsteadyModel('second', ['Two.']));
    await expect(ask(model)).rejects.toThrow('stalled');
    await expect(ask(model)).rejects.toThrow('stalled');
    expect((await ask(model)).model).toBe('second');
    expect(first.attempts).toBe(2);
  });

  it('leave one that is down alone until its time has come', async () => {
    const { chain, clock } = stage();
    const first = new UnsteadyModel('first', [
      modelFailure('rate-limited', { retryAt: NOW + 60_000 }),
      'One.',
    ]);
    const model = chain(first, new UnsteadyModel('second', ['Two.']));
    await ask(model);
    clock.leap(59_999);
    expect((await ask(model)).model).toBe('second');
    clock.leap(1);
    expect((await ask(model)).model).toBe('first');
    expect(first.attempts).toBe(2);
  });

  it('leave one alone for longer each time its trial fails', async () => {
    const { chain, clock } = stage();
    const first = new UnsteadyModel('first', [modelFailure('unavailable')]);
    const model = chain(first, new UnsteadyModel('second', ['Two.']));
    await ask(model);
    clock.leap(15_000);
    await ask(model);
    clock.leap(29_999);
    await ask(model);
    expect(first.attempts).toBe(2);
    clock.leap(1);
    await ask(model);
    expect(first.attempts).toBe(3);
  });

  it('are asked all the same when all are down: the one first that is up first', async () => {
    const { chain, clock } = stage();
    const first = new UnsteadyModel('first', [modelFailure('quota-spent'), 'One.']);
    const second = new UnsteadyModel('second', [modelFailure('unavailable'), 'Two.']);
    const model = chain(first, second);
    await expect(ask(model)).rejects.toThrow('none of 2 models answered');
    clock.leap(1000);
    expect((await ask(model)).model).toBe('second');
  });

  it('fail for a time when one of them may pass, and say the earliest', async () => {
    const { chain } = stage();
    const model = chain(
      new UnsteadyModel('first', [modelFailure('quota-spent')]),
      new UnsteadyModel('second', [modelFailure('rate-limited', { retryAt: NOW + 90_000 })]),
      new UnsteadyModel('third', [modelFailure('unavailable', { retryAt: NOW + 30_000 })]),
    );
    const failure = await ask(model).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      charge: 'none',
      retryAt: NOW + 30_000,
      failure: { kind: 'unavailable', retryable: true, causes: { length: 3 } },
    });
  });

  it('fail for a time while one that may pass is left alone, whatever the others fail of', async () => {
    const { chain, clock } = stage();
    const first = new UnsteadyModel('first', [
      modelFailure('rate-limited', { retryAt: NOW + 120_000 }),
      'One.',
    ]);
    const model = chain(first, new UnsteadyModel('second', [modelFailure('bad-request')]));
    await expect(ask(model)).rejects.toMatchObject({ retryAt: NOW + 120_000 });
    clock.leap(61_000);
    await expect(ask(model)).rejects.toMatchObject({
      charge: 'none',
      retryAt: NOW + 120_000,
      failure: { kind: 'rate-limited', retryable: true },
    });
    expect(first.attempts).toBe(1);
    clock.leap(59_000);
    expect((await ask(model)).model).toBe('first');
  });

  it('fail for good when none of them can pass', async () => {
    const { chain } = stage();
    const model = chain(
      new UnsteadyModel('first', [modelFailure('quota-spent')]),
      new UnsteadyModel('second', [modelFailure('not-allowed')]),
    );
    await expect(ask(model)).rejects.toMatchObject({ failure: { kind: 'quota-spent', retryable: false } });
  });

  it('hand a request back that is too long, for it to be condensed', async () => {
    const { chain } = stage();
    const second = new UnsteadyModel('second', ['Two.']);
    const model = chain(new UnsteadyModel('first', [modelFailure('context-overflow')]), second);
    await expect(ask(model)).rejects.toMatchObject({ failure: { kind: 'context-overflow' } });
    expect(second.attempts).toBe(0);
  });

  it('cost at most what the dearest does, and hold what the narrowest does', () => {
    const { chain } = stage();
    const model = chain(
      new UnsteadyModel('first', [], { ceiling: 10, contextTokens: 8000 }),
      new UnsteadyModel('second', [], { ceiling: 70, contextTokens: 4000 }),
    );
    expect(model.ceiling(request)).toBe(70);
    expect(model.contextTokens).toBe(4000);
    expect(model.estimate(request).inputTokens).toBe(70);
  });
});
