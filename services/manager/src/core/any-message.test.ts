import type { InboxMessage } from '@modelwright/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { play } from './testing/play.ts';
import { plan, RUN, submitted, tree } from './testing/samples.ts';
import { SimulatedFarm } from './testing/simulated-farm.ts';

describe('any message at any state', () => {
  const known = play([0]);
  const assignments = [...known.assignmentsSent.keys()];
  const jobs = [...known.jobsSent.keys(), 'unknown-job'];
  const failure = { kind: 'planted', message: 'planted', retryable: false, origin: 'test', causes: [] };
  const message: fc.Arbitrary<InboxMessage> = fc.oneof(
    fc.constant(submitted()),
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
  );

  it('is decided without an exception, and the same message again says nothing new', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(message, fc.nat(100)), { maxLength: 40 }),
        fc.boolean(),
        (messages, begin) => {
          const farm = new SimulatedFarm();
          if (begin) {
            farm.submit();
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
      { numRuns: 300 },
    );
  });
});
