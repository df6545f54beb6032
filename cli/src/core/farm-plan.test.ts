import { describe, expect, it } from 'vitest';
import { countsText, ONE_OF_EACH, planFarm, type ServiceName, wantedCounts } from './farm-plan.ts';
import { serviceEnvironment } from './service-environment.ts';

const alive = (...names: [ServiceName, number][]) =>
  names.map(([service, n]) => ({ service, name: `${service}-${n}` }));

describe('the plan of up', () => {
  it('starts all that is wanted where nothing lives', () => {
    const plan = planFarm({ ...ONE_OF_EACH, coder: 2 }, [], '');
    expect(plan.start.map((place) => place.name)).toEqual([
      'manager-1',
      'designer-1',
      'coder-1',
      'coder-2',
      'tuner-1',
      'gpu-runner-1',
    ]);
  });

  it('starts only what is missing', () => {
    const plan = planFarm(ONE_OF_EACH, alive(['manager', 1], ['coder', 1], ['gpu-runner', 1]), '');
    expect(plan.start.map((place) => place.name)).toEqual(['designer-1', 'tuner-1']);
    expect(plan.keep).toHaveLength(3);
  });

  it('starts nothing where all live', () => {
    const plan = planFarm(
      ONE_OF_EACH,
      alive(['manager', 1], ['designer', 1], ['coder', 1], ['tuner', 1], ['gpu-runner', 1]),
      '',
    );
    expect(plan.start).toEqual([]);
    expect(plan.surplus).toEqual([]);
  });

  it('leaves alone what lives and was not asked for', () => {
    expect(planFarm({ ...ONE_OF_EACH, coder: 1 }, alive(['coder', 1], ['coder', 2]), '').surplus).toEqual(
      alive(['coder', 2]),
    );
  });

  it('wants what was wanted before unless told otherwise', () => {
    const before = { ...ONE_OF_EACH, coder: 3 };
    expect(wantedCounts({ tuner: 2 }, before)).toEqual({ ...before, tuner: 2 });
    expect(wantedCounts({}, null)).toEqual(ONE_OF_EACH);
    expect(countsText(before)).toBe('1 manager, 1 designer, 3 coders, 1 tuner, 1 gpu-runner');
  });
});

describe('the environment of a service', () => {
  const settings = {
    home: '/state',
    natsUrl: 'nats://127.0.0.1:4222',
    user: 'runner',
    passwordFile: '/state/nats/passwords/runner',
    password: null,
    python: '/venv/bin/python',
    slots: 2,
  };
  const inherited = { PATH: '/bin', OPENAI_API_KEY: 'k', NATS_PASSWORD: 'p', MODELWRIGHT_NAME: 'other' };

  it('holds no key for a runner, which starts generated programs', () => {
    expect(serviceEnvironment({ service: 'gpu-runner', name: 'gpu-runner-1' }, inherited, settings)).toEqual({
      PATH: '/bin',
      MODELWRIGHT_HOME: '/state',
      MODELWRIGHT_NAME: 'gpu-runner-1',
      NATS_URL: 'nats://127.0.0.1:4222',
      NATS_USER: 'runner',
      NATS_PASSWORD_FILE: '/state/nats/passwords/runner',
      MODELWRIGHT_PYTHON: '/venv/bin/python',
      RUNNER_SLOTS: '2',
    });
  });

  it('keeps keys where models are called, and never another password for the bus', () => {
    const made = serviceEnvironment({ service: 'coder', name: 'coder-1' }, inherited, settings);
    expect(made['OPENAI_API_KEY']).toBe('k');
    expect(made['NATS_PASSWORD']).toBeUndefined();
    expect(made['RUNNER_SLOTS']).toBeUndefined();
  });
});
