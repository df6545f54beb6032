import { describe, expect, it } from 'vitest';
import { stepsToFirstTraining } from './first-training.ts';
import type { History } from './history.ts';
import { jobsOf } from './jobs.ts';
import { overheadsOf } from './overhead.ts';
import { wallClockOf } from './wall-clock.ts';

const CODER = 'r_c1_implement_1';
const TUNER = 'r_c1_tune_1';
const CHECK = `${CODER}_1_0`;
const TRAINING = `${TUNER}_1_0`;
const PROOF = 'r_c1_verify_1';

const decided = (
  time: number,
  cause: string,
  { events = [] as object[], effects = [] as object[] } = {},
) => ({ time, body: { cause: { messageId: cause, type: 'x' }, events, effects } });
const opened = (assignment: string, role: string) => ({
  type: 'assignment-opened',
  assignment,
  role,
  candidate: 'c1',
});
const assign = (id: string) => ({ type: 'assign', assignment: { id } });
const resume = (assignment: string) => ({ type: 'resume', assignment });
const asks = (turn: number, time: number, replied: number, tool: string) => [
  { time, body: { type: 'intent', turn, at: time } },
  { time: replied + 1, body: { type: 'reply', turn, calls: [{ name: tool }], at: replied } },
];
const ran = (job: string, startedAt: number, endedAt: number, told: number) =>
  [job, { time: told, body: { job, attempt: 1, startedAt, endedAt } }] as const;

/** One candidate, checked, trained once and proven; every number differs from every other. */
const history = {
  records: [
    decided(1000, 'r:submitted', { events: [opened('r_setup_1', 'setup')] }),
    decided(2000, 'r_setup_1:finished', {
      events: [
        { type: 'assignment-closed', assignment: 'r_setup_1' },
        { type: 'data-prepared' },
        opened(CODER, 'coder'),
      ],
      effects: [assign(CODER)],
    }),
    decided(2035, `${CODER}:parked:1`),
    decided(5060, `job-finished:${CHECK}`, { effects: [resume(CODER)] }),
    decided(5183, `${CODER}:finished`, {
      events: [{ type: 'candidate-implemented', candidate: 'c1' }, opened(TUNER, 'tuner')],
      effects: [assign(TUNER)],
    }),
    decided(8070, `job-finished:${TRAINING}`, { effects: [resume(TUNER)] }),
    decided(8807, `${TUNER}:finished`, {
      effects: [{ type: 'submit-job', job: { id: PROOF, environment: { kind: 'requirements' } } }],
    }),
    decided(11_000, `job-finished:${PROOF}`),
  ],
  transcripts: new Map([
    [
      CODER,
      [
        { time: 2010, body: { type: 'taken', at: 2010 } },
        ...asks(1, 2012, 2020, 'check_candidate'),
        { time: 2030, body: { type: 'parked', turn: 1, call: 0, stop: 1, at: 2030 } },
        { time: 5100, body: { type: 'taken', at: 5100 } },
        { time: 5150, body: { type: 'result', turn: 1, call: 0, at: 5150 } },
        ...asks(2, 5152, 5160, 'submit_version'),
        { time: 5170, body: { type: 'finished', at: 5170 } },
      ],
    ],
    [
      TUNER,
      [
        { time: 5200, body: { type: 'taken', at: 5200 } },
        ...asks(1, 5202, 5210, 'train_start'),
        { time: 5230, body: { type: 'result', turn: 1, call: 0, at: 5230 } },
        ...asks(2, 5232, 5242, 'train_wait'),
        { time: 5250, body: { type: 'parked', turn: 2, call: 0, stop: 1, at: 5250 } },
        { time: 8100, body: { type: 'taken', at: 8100 } },
        { time: 8700, body: { type: 'result', turn: 2, call: 0, at: 8700 } },
        ...asks(3, 8702, 8712, 'submit_training'),
        { time: 8800, body: { type: 'finished', at: 8800 } },
      ],
    ],
  ]),
  outcomes: new Map([
    ran(CHECK, 2300, 5000, 5041),
    ran(TRAINING, 5500, 8000, 8052),
    ran(PROOF, 10_000, 10_900, 10_990),
  ]),
} as unknown as History;

describe('the jobs of a run', () => {
  it('are asked for by the record next to their sending, and told when their outcome is stored', () => {
    expect(jobsOf(history)).toMatchObject([
      { job: CHECK, asked: 2030, started: 2300, ended: 5000, told: 5041, ownEnvironment: false },
      { job: TRAINING, asked: 5230, started: 5500, ended: 8000, told: 8052, ownEnvironment: false },
      { job: PROOF, asked: 8807, started: 10_000, ended: 10_900, told: 10_990, ownEnvironment: true },
    ]);
  });
});

describe('the overhead of a run', () => {
  const found = overheadsOf(history, 2);

  it('of decisions lasts from what was stored to the decision, where that is known', () => {
    expect(found.decisions).toEqual([5, 19, 13, 18, 7, 10]);
  });

  it('of assignments lasts until somebody has taken them up, anew or again', () => {
    expect(found.assignments).toEqual([10, 40, 17, 30]);
  });

  it('of turns leaves out the model and the waiting', () => {
    expect(Object.fromEntries(found.turns)).toEqual({
      check_candidate: [5150 - 2010 - 8 - (5100 - 2030)],
      submit_version: [5170 - 5150 - 8],
      train_start: [5230 - 5200 - 8],
      train_wait: [8700 - 5230 - 10 - (8100 - 5250)],
      submit_training: [8800 - 8700 - 10],
    });
  });

  it('of jobs ends when the program starts, and begins again when it has ended', () => {
    expect(found.dispatches).toEqual([270, 270]);
    expect(found.dispatchesWithEnvironment).toEqual([1193]);
    expect(found.reports).toEqual([41, 52, 90]);
  });

  it('leaves out jobs that may have waited for a slot', () => {
    const [name, other] = ran('r_c0_train_1', 0, 4000, 4001);
    const outcomes = new Map<string, unknown>([...history.outcomes, [name, other]]);
    const { queued, dispatches } = overheadsOf({ ...history, outcomes } as History, 1);
    expect({ queued, dispatches }).toEqual({ queued: 1, dispatches: [270] });
  });
});

describe('the wall clock of a run', () => {
  it('is shared out once: programs before models, models before workers, the rest to the orchestrator', () => {
    expect(wallClockOf(history)).toEqual({
      total: 10_000,
      several: 0,
      single: 2700 + 2500 + 900,
      models: 8 + 8 + 8 + 10 + 10,
      workers: 1000,
      alone: 10_000 - 6100 - 44 - 1000,
      programsAtOnce: 0.61,
    });
  });
});

describe('the way to the first training', () => {
  it('is told step by step, and the steps together are the whole', () => {
    const steps = stepsToFirstTraining(400, history) ?? [];
    expect(steps.map(({ milliseconds }) => milliseconds)).toEqual([600, 1000, 30, 270, 2700, 183, 47, 270]);
    expect(steps.reduce((sum, { milliseconds }) => sum + milliseconds, 0)).toBe(5500 - 400);
  });

  it('is unknown where nothing was trained', () => {
    expect(stepsToFirstTraining(400, { ...history, outcomes: new Map() })).toBeNull();
  });
});
