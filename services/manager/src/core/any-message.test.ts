import type { InboxMessage } from '@modelwright/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import type { RunSubmitted } from './run-state.ts';
import { playedByModels } from './testing/paid-work.ts';
import { play } from './testing/play.ts';
import { plan, RUN, submitted, tree } from './testing/samples.ts';
import { SimulatedFarm } from './testing/simulated-farm.ts';

const WAYS: readonly [string, RunSubmitted][] = [
  ['the playbook', submitted()],
  ['language models', playedByModels()],
  ['language models that cost too much', playedByModels({ microUsd: 3, tokens: 5, onCap: 'pause' })],
];

describe.each(WAYS)('any message at any state of a run played by %s', (_name, submission) => {
  const known = play([0], {}, submission);
  const assignments = [...known.assignmentsSent.keys()];
  const jobs = [...known.jobsSent.keys(), 'unknown-job'];
  const failure = { kind: 'planted', message: 'planted', retryable: false, origin: 'test', causes: [] };
  const message: fc.Arbitrary<InboxMessage> = fc.oneof(
    fc.constant(submission),
    fc
      .record({ now: fc.nat(3_000_000), slots: fc.option(fc.nat(64)) })
      .map((drawn): InboxMessage => ({ type: 'tick', run: RUN, ...drawn })),
    fc
      .record({
        assignment: fc.constantFrom(...assignments),
        stop: fc.integer({ min: 1, max: 5 }),
        job: fc.constantFrom(...jobs),
        until: fc.option(fc.nat(3_000_000)),
      })
      .map(
        ({ assignment, stop, job, until }): InboxMessage => ({
          type: 'assignment-parked',
          run: RUN,
          assignment,
          stop,
          condition: { jobs: [job], until },
        }),
      ),
    fc
      .record({
        job: fc.constantFrom(...jobs),
        end: fc.constantFrom('finished' as const, 'failed' as const, 'lost' as const),
        output: fc.option(fc.constant(tree('out'))),
      })
      .map(
        ({ job, end, output }): InboxMessage => ({
          type: 'job-finished',
          run: RUN,
          job,
          end,
          reason: 'drawn',
          attempt: 1,
          wallSeconds: 1,
          output,
          isolation: 'none',
        }),
      ),
    fc.constantFrom(...assignments).map(
      (assignment): InboxMessage => ({
        type: 'assignment-finished',
        run: RUN,
        assignment,
        spent: { turns: 1, microUsd: 0, byModel: {} },
        notes: [],
        outcome: { status: 'failed', failure },
      }),
    ),
    fc.constantFrom(...assignments).map(
      (assignment): InboxMessage => ({
        type: 'assignment-finished',
        run: RUN,
        assignment,
        spent: { turns: 1, microUsd: 0, byModel: {} },
        notes: [],
        outcome: { status: 'done', result: { role: 'designer', plans: [plan('odd')] } },
      }),
    ),
    fc.constant<InboxMessage>({
      type: 'attention-needed',
      run: RUN,
      subject: 's',
      assignment: null,
      reason: 'drawn',
    }),
    fc.constantFrom(...assignments).map(
      (assignment): InboxMessage => ({
        type: 'attention-needed',
        run: RUN,
        subject: 's',
        assignment,
        reason: 'drawn',
      }),
    ),
    fc.constant<InboxMessage>({ type: 'cancel-requested', run: RUN, reason: 'drawn' }),
    fc.record({ microUsd: fc.nat(5_000_000), tokens: fc.option(fc.integer({ min: 1, max: 1000 })) }).map(
      ({ microUsd, tokens }): InboxMessage => ({
        type: 'budget-raised',
        run: RUN,
        microUsd,
        ...(tokens === null ? {} : { tokens }),
      }),
    ),
    fc.constantFrom(...assignments).map(
      (assignment): InboxMessage => ({
        type: 'assignment-finished',
        run: RUN,
        assignment,
        spent: { turns: 1, microUsd: 1, byModel: {} },
        notes: ['drawn'],
        outcome: {
          status: 'done',
          result: {
            role: 'manager',
            actions: [
              { kind: 'propose', count: 2, guidance: 'x' },
              { kind: 'fix', candidate: 'c0', guidance: 'x' },
              { kind: 'prune', candidate: 'c1', reason: 'x' },
            ],
            reason: 'drawn',
          },
        },
      }),
    ),
  );

  it('is decided without an exception, and the same message again says nothing new', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(message, fc.nat(100)), { maxLength: 40 }),
        fc.boolean(),
        (messages, begin) => {
          const farm = new SimulatedFarm();
          if (begin) {
            farm.submit(submission);
            farm.deliver(0);
          }
          for (const [one, draw] of messages) {
            farm.inject(one);
            const again = decide(farm.log.state, one, farm.now);
            const repeats = again?.events.some((event) => event.type !== 'attention-needed') ?? false;
            expect(repeats).toBe(false);
            if (farm.pending > 0) farm.deliver(draw);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
