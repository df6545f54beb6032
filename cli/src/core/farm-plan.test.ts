import { describe, expect, it } from 'vitest';
import { countsText, ONE_OF_EACH, planFarm, type ServiceName, wantedCounts } from './farm-plan.ts';
import { isOutdated } from './models-told.ts';
import { serviceEnvironment } from './service-environment.ts';

const RULES = { namePrefix: '', isOutdated: () => false };
const alive = (...names: [ServiceName, number][]) =>
  names.map(([service, n]) => ({ service, name: `${service}-${n}` }));

describe('the plan of up', () => {
  it('starts all that is wanted where nothing lives', () => {
    const plan = planFarm({ ...ONE_OF_EACH, coder: 2 }, [], RULES);
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
    const plan = planFarm(ONE_OF_EACH, alive(['manager', 1], ['coder', 1], ['gpu-runner', 1]), RULES);
    expect(plan.start.map((place) => place.name)).toEqual(['designer-1', 'tuner-1']);
    expect(plan.keep).toHaveLength(3);
  });

  it('starts nothing where all live', () => {
    const plan = planFarm(
      ONE_OF_EACH,
      alive(['manager', 1], ['designer', 1], ['coder', 1], ['tuner', 1], ['gpu-runner', 1]),
      RULES,
    );
    expect(plan.start).toEqual([]);
    expect(plan.surplus).toEqual([]);
  });

  it('starts again what is outdated, once', () => {
    const isOutdated = (one: { service: ServiceName }) => one.service === 'coder';
    const plan = planFarm(ONE_OF_EACH, alive(['manager', 1], ['coder', 1]), { namePrefix: '', isOutdated });
    expect(plan.renew).toEqual(alive(['coder', 1]));
    expect(plan.keep).toEqual(alive(['manager', 1]));
    expect(plan.start.map((place) => place.name)).toEqual([
      'designer-1',
      'coder-1',
      'tuner-1',
      'gpu-runner-1',
    ]);
  });

  it('leaves alone what lives and was not asked for', () => {
    expect(planFarm({ ...ONE_OF_EACH, coder: 1 }, alive(['coder', 1], ['coder', 2]), RULES).surplus).toEqual(
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

describe('what services were told of models', () => {
  const told = { file: '/a.yaml', catalogue: 'x', keys: { KEY: '1', OTHER: '2' } };

  it('holds as long as file, catalogue and keys are the same', () => {
    expect(isOutdated(told, told)).toBe(false);
    expect(isOutdated(told, { ...told, file: '/b.yaml' })).toBe(true);
    expect(isOutdated(told, { ...told, catalogue: 'y' })).toBe(true);
    expect(isOutdated(told, { ...told, keys: { ...told.keys, KEY: '9' } })).toBe(true);
    expect(isOutdated(told, { ...told, keys: { ...told.keys, THIRD: '3' } })).toBe(true);
  });

  it('is not outdated because a key is missing in this terminal', () => {
    expect(isOutdated(told, { ...told, keys: { KEY: '1' } })).toBe(false);
  });

  it('is outdated where nothing was told and now something is', () => {
    expect(isOutdated(null, told)).toBe(true);
    expect(isOutdated(null, { file: null, catalogue: 'x', keys: {} })).toBe(false);
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
    models: {
      environment: { MODELWRIGHT_CONFIG: '/etc/modelwright.yaml', OPENAI_MODEL: 'gpt' },
      keyNames: ['OPENAI_API_KEY', 'PROXY_PASS'],
    },
  };
  const inherited = {
    PATH: '/bin',
    OPENAI_API_KEY: 'k',
    PROXY_PASS: 's',
    NATS_PASSWORD: 'p',
    MODELWRIGHT_NAME: 'other',
  };

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

  it('holds the credentials of the store for a runner where content is in S3, and else not', () => {
    const aws = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 's', AWS_SESSION_TOKEN: 't' };
    const runner = { service: 'gpu-runner', name: 'gpu-runner-1' } as const;
    const made = (place: string) =>
      serviceEnvironment(runner, { ...inherited, ...aws, MODELWRIGHT_ARTIFACTS: place }, settings);
    expect(made('s3://bucket')).toMatchObject(aws);
    expect(made('s3://bucket')).not.toHaveProperty('OPENAI_API_KEY');
    for (const name of Object.keys(aws)) expect(made('folder:/mnt/x')).not.toHaveProperty(name);
  });

  it('keeps keys where models are called, and never another password for the bus', () => {
    const made = serviceEnvironment({ service: 'coder', name: 'coder-1' }, inherited, settings);
    expect(made).toMatchObject({
      OPENAI_API_KEY: 'k',
      PROXY_PASS: 's',
      MODELWRIGHT_CONFIG: '/etc/modelwright.yaml',
      OPENAI_MODEL: 'gpt',
    });
    expect(made['NATS_PASSWORD']).toBeUndefined();
    expect(made['RUNNER_SLOTS']).toBeUndefined();
  });
});
