import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  deadLetterSubject,
  inboxPartitionFilter,
  inboxSubject,
  jobControlKey,
  jobFilter,
  jobOutcomeSubject,
  jobPriority,
  jobSubject,
  jobTelemetryFilter,
  newRunId,
  PARTITIONS,
  PREFIX,
  partitionOf,
  RUN_LOGS_FILTER,
  role,
  runControlKey,
  runLogSubject,
  runOutcomesFilter,
  runTelemetryFilter,
  telemetrySubject,
  turnSubject,
  workerKey,
  workFilter,
  workSubject,
} from './index.ts';

const run = fc
  .tuple(fc.string({ unit: 'binary' }), fc.integer({ min: 0, max: 2 ** 31 - 1 }))
  .map(([name, draw]) => newRunId(name, draw));
const klass = fc.constantFrom('cpu', 'gpu', 'gpu-h200');
const priority = fc.constantFrom(...jobPriority.options);

/** As the server matches: `*` is one token, `>` is one or more at the end. */
function matches(filter: string, subject: string): boolean {
  const wanted = filter.split('.');
  const tokens = subject.split('.');
  if (wanted.at(-1) === '>') {
    return (
      tokens.length >= wanted.length &&
      wanted.slice(0, -1).every((token, n) => token === '*' || token === tokens[n])
    );
  }
  return tokens.length === wanted.length && wanted.every((token, n) => token === '*' || token === tokens[n]);
}

describe('a subject', () => {
  it('is legal: tokens without blanks or wildcards below one prefix', () => {
    fc.assert(
      fc.property(run, klass, priority, (of, of_class, urgent) => {
        const subjects = [
          inboxSubject(of),
          runLogSubject(of),
          turnSubject(of, `${of}_c1_tune_1`),
          jobOutcomeSubject(of, `${of}_c1_infer_1`),
          jobSubject(of_class, urgent, of),
          telemetrySubject(of, `${of}_c1_tune_1_2_0`, 3, 'metric'),
          deadLetterSubject('WORK', of),
          deadLetterSubject('WORK', null),
          ...role.options.map((to) => workSubject(to, 'normal', of)),
        ];
        for (const subject of subjects) {
          expect(subject.startsWith(`${PREFIX}.`)).toBe(true);
          for (const token of subject.split('.')) expect(token).toMatch(/^[A-Za-z0-9_-]+$/);
        }
        expect(new Set(subjects).size).toBe(subjects.length);
      }),
    );
  });

  it('of the inbox lies in exactly one partition, that of its run', () => {
    fc.assert(
      fc.property(run, (of) => {
        const filters = Array.from({ length: PARTITIONS }, (_, partition) => inboxPartitionFilter(partition));
        const hit = filters.flatMap((filter, partition) =>
          matches(filter, inboxSubject(of)) ? [partition] : [],
        );
        expect(hit).toEqual([partitionOf(of)]);
      }),
    );
  });

  it('of work and jobs is taken by exactly one consumer', () => {
    fc.assert(
      fc.property(run, klass, priority, fc.constantFrom(...role.options), (of, of_class, urgent, to) => {
        expect(role.options.filter((any) => matches(workFilter(any), workSubject(to, 'normal', of)))).toEqual(
          [to],
        );
        const job = jobSubject(of_class, urgent, of);
        const taken = ['cpu', 'gpu', 'gpu-h200'].flatMap((any) =>
          jobPriority.options
            .filter((level) => matches(jobFilter(any, level), job))
            .map((level) => `${any} ${level}`),
        );
        expect(taken).toEqual([`${of_class} ${urgent}`]);
      }),
    );
  });

  it('of a run is found by the filters of that run, and by no other run', () => {
    fc.assert(
      fc.property(run, run, (of, other) => {
        fc.pre(of !== other);
        const outcome = jobOutcomeSubject(of, 'j');
        const telemetry = telemetrySubject(of, 'j', 1, 'log');
        expect(matches(runOutcomesFilter(of), outcome)).toBe(true);
        expect(matches(runOutcomesFilter(other), outcome)).toBe(false);
        expect(matches(runTelemetryFilter(of), telemetry)).toBe(true);
        expect(matches(jobTelemetryFilter(of, 'j', 'log'), telemetry)).toBe(true);
        expect(matches(jobTelemetryFilter(of, 'i', 'log'), telemetry)).toBe(false);
        expect(matches(jobTelemetryFilter(of, 'j', 'metric'), telemetry)).toBe(false);
        expect(matches(runTelemetryFilter(other), telemetry)).toBe(false);
        expect(matches(RUN_LOGS_FILTER, runLogSubject(of))).toBe(true);
      }),
    );
  });

  it('and the keys of records are legal KV keys', () => {
    fc.assert(
      fc.property(run, (of) => {
        for (const key of [
          runControlKey(of),
          jobControlKey(`${of}_c1_infer_1`),
          workerKey('gpu-runner', 'host-1'),
        ]) {
          expect(key).toMatch(/^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/);
        }
      }),
    );
  });
});
