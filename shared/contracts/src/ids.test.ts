import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  agentJobId,
  assignmentId,
  id,
  managerJobId,
  newRunId,
  PARTITIONS,
  partitionOf,
  role,
  runId,
  slug,
} from './index.ts';

/** As every place that an id is used in allows: subject token, KV key, file name, container name. */
const isLegalEverywhere = (value: string) => {
  expect(value).toMatch(/^[A-Za-z0-9][A-Za-z0-9_-]*$/);
  expect(value.length).toBeLessThanOrEqual(200);
};
const draw = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const name = fc.string({ unit: 'binary', maxLength: 100 });
const candidate = fc.constantFrom('c0', 'c1', 'c99', 'blend', 'run');
const action = fc.constantFrom(
  'portfolio',
  'revise',
  'floor',
  'implement',
  'fix',
  'tune',
  'blend',
  'score',
  'package',
);
const run = fc.tuple(name, draw).map(([task, drawn]) => newRunId(task, drawn));
const small = fc.integer({ min: 1, max: 9999 });

describe('a run id', () => {
  it('is legal whatever the task is called, and parses', () => {
    fc.assert(
      fc.property(name, draw, (task, drawn) => {
        const run = newRunId(task, drawn);
        isLegalEverywhere(run);
        expect(runId.parse(run)).toBe(run);
        expect(id.parse(run)).toBe(run);
      }),
    );
  });

  it('says its partition', () => {
    fc.assert(
      fc.property(name, draw, (task, drawn) => {
        expect(partitionOf(newRunId(task, drawn))).toBe(drawn % PARTITIONS);
      }),
    );
  });

  it('differs when the draw does', () => {
    fc.assert(
      fc.property(draw, draw, (one, other) => {
        expect(newRunId('x', one) === newRunId('x', other)).toBe(one === other);
      }),
    );
  });

  it('keeps what can be read of the name', () => {
    expect(slug('  Digits & Co. №7! ')).toBe('digits-co-no7');
    expect(slug('数字')).toBe('run');
    expect(slug(`${'x'.repeat(31)} y`)).toBe('x'.repeat(31));
    expect(newRunId('Digits', 35)).toBe('digits-00000z-03');
  });

  it.each([
    '',
    'Digits-abc123-07',
    'digits',
    'digits-abc12-07',
    'a b-abc123-07',
    'd.x-abc123-07',
    '-abc123-07',
    'x-abc123-7',
  ])('is not "%s"', (text) => {
    expect(runId.safeParse(text).success).toBe(false);
  });
});

describe('a derived id', () => {
  it('is legal everywhere, for every task, candidate, action, turn and call', () => {
    fc.assert(
      fc.property(run, fc.tuple(candidate, action, small), small, (of, work, call) => {
        const assignment = assignmentId(of, ...work);
        const derived = [
          assignment,
          agentJobId(assignment, 17, call),
          managerJobId(of, work[0], 'infer', call),
        ];
        for (const one of derived) {
          isLegalEverywhere(one);
          expect(id.parse(one)).toBe(one);
        }
      }),
    );
  });

  it('is the same when it is derived again, and another for other work', () => {
    const work = fc.tuple(candidate, action, small);
    fc.assert(
      fc.property(work, work, (one, other) => {
        const run = newRunId('digits', 1);
        const same = JSON.stringify(one) === JSON.stringify(other);
        expect(assignmentId(run, ...one) === assignmentId(run, ...other)).toBe(same);
      }),
    );
  });

  it('tells jobs of different calls apart, also where numbers have several digits', () => {
    const call = fc.tuple(small, small);
    fc.assert(
      fc.property(call, call, (one, other) => {
        expect(agentJobId('a', ...one) === agentJobId('a', ...other)).toBe(one.join() === other.join());
      }),
    );
  });

  it('is refused when it could leave its place', () => {
    for (const text of ['', '..', 'a/b', 'a.b', 'a b', '*', '>', 'é', 'a'.repeat(201)]) {
      expect(id.safeParse(text).success).toBe(false);
    }
  });

  it('fits roles as they are named', () => {
    for (const name of role.options) isLegalEverywhere(name);
  });
});
