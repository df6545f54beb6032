import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sampleClaim, sampleJob, sampleOutcome, sampleWorker } from '../testing/samples.ts';
import { type AdmissionFacts, admit } from './admission.ts';

const WINDOW = 120_000;
const NOW = 1_000_000;
const me = { runner: 'me', process: 'p9' };

function facts(change: Partial<AdmissionFacts> = {}): AdmissionFacts {
  return {
    job: sampleJob(),
    me,
    now: NOW,
    adoptionWindowMs: WINDOW,
    outcome: null,
    runControl: null,
    jobControl: null,
    claim: null,
    inHand: false,
    holder: null,
    ...change,
  };
}

const claimed = (change = {}) => ({ value: sampleClaim(change), revision: 7 });
const holder = (silentMs: number, watchedMs: number, state: 'ready' | 'gone' = 'ready') => ({
  worker: sampleWorker({ beatAt: NOW - silentMs, state }),
  sighting: { beatAt: NOW - silentMs, seenAt: NOW - watchedMs },
});

test('a job that nobody has is claimed', () => {
  expect(admit(facts())).toMatchObject({
    kind: 'claim',
    revision: null,
    claim: { attempt: 1, runner: 'me' },
  });
});

test('a job with an outcome only repeats its notification, whatever else is known', () => {
  const outcome = sampleOutcome();
  expect(admit(facts({ outcome, claim: claimed(), inHand: true }))).toMatchObject({
    kind: 'repeat',
    outcome,
  });
});

test('a job in hand gets the new delivery', () => {
  expect(admit(facts({ inHand: true, claim: claimed({ runner: 'me' }) })).kind).toBe('attach');
});

test('a job of a cancelled run ends as cancelled without being started', () => {
  const runControl = { run: sampleJob().run, state: 'cancelled', reason: 'by the user' } as const;
  expect(admit(facts({ runControl }))).toMatchObject({ kind: 'close', end: 'cancelled' });
});

test('nothing of a closed run is started, everything of an open one is', () => {
  const run = sampleJob().run;
  expect(admit(facts({ runControl: { run, state: 'closed', reason: '' } })).kind).toBe('close');
  expect(admit(facts({ runControl: { run, state: 'open', reason: '' } })).kind).toBe('claim');
});

test('a cancelled job that another live runner has is left to that runner', () => {
  const jobControl = { job: sampleJob().id, desired: 'cancelled', reason: 'pruned' } as const;
  expect(admit(facts({ jobControl, claim: claimed(), holder: holder(1000, 1000) })).kind).toBe('later');
});

test('a job of a live runner comes back later', () => {
  expect(admit(facts({ claim: claimed(), holder: holder(1000, 1000) }))).toMatchObject({
    kind: 'later',
    reason: 'runner other executes it',
  });
});

test('a runner that is silent for less than the window may come back', () => {
  const decision = admit(facts({ claim: claimed(), holder: holder(WINDOW - 10_000, 60_000) }));
  expect(decision).toMatchObject({ kind: 'later', delayMs: 10_000 });
});

test('a job of a lost runner is taken over, from its checkpoint, by the revision that was read', () => {
  const checkpoint = { kind: 'tree', store: 'artifacts', sha256: 'b'.repeat(64), size: 1 } as const;
  const decision = admit(facts({ claim: claimed({ checkpoint }), holder: holder(WINDOW, 60_000) }));
  expect(decision).toMatchObject({
    kind: 'claim',
    revision: 7,
    claim: { attempt: 2, runner: 'me', process: 'p9', checkpoint, attemptsWithoutProgress: 2 },
  });
});

test('a heartbeat that only looks old, by a wrong clock, does not lose a job', () => {
  expect(admit(facts({ claim: claimed(), holder: holder(10 * WINDOW, 5000) })).kind).toBe('later');
});

test('a third attempt without a checkpoint is the last', () => {
  const claim = claimed({ attempt: 3, attemptsWithoutProgress: 3 });
  expect(admit(facts({ claim, holder: holder(WINDOW, 60_000) }))).toMatchObject({
    kind: 'close',
    end: 'lost',
  });
});

test('a claim of our own without files is another attempt', () => {
  expect(admit(facts({ claim: claimed({ runner: 'me' }) }))).toMatchObject({
    kind: 'claim',
    claim: { attempt: 2 },
  });
});

test.each(['me', 'other'])(
  'a job that runner “%s” gave up without an outcome is lost, not run again',
  (runner) => {
    const claim = claimed({ runner, state: 'closed', attempt: 2 });
    expect(admit(facts({ claim, holder: runner === 'me' ? null : holder(1000, 1000) }))).toMatchObject({
      kind: 'close',
      end: 'lost',
      revision: 7,
      claim: { attempt: 2, runner: 'me', process: 'p9', state: 'held' },
      reason: `runner ${runner} has given it up without an outcome`,
    });
  },
);

test('a job that was given up and is cancelled too ends as cancelled', () => {
  const jobControl = { job: sampleJob().id, desired: 'cancelled', reason: 'pruned' } as const;
  expect(admit(facts({ jobControl, claim: claimed({ state: 'closed' }) }))).toMatchObject({
    kind: 'close',
    end: 'cancelled',
  });
});

test('whatever is known, a live holder keeps its job and a decision has a reason', () => {
  fc.assert(
    fc.property(
      fc.record({
        expired: fc.boolean(),
        silent: fc.nat({ max: 3 * WINDOW }),
        watched: fc.nat({ max: 3 * WINDOW }),
        state: fc.constantFrom('ready' as const, 'gone' as const),
        run: fc.constantFrom(null, 'open' as const, 'cancelled' as const, 'closed' as const),
      }),
      ({ expired, silent, watched, state, run }) => {
        const absent = { worker: null, sighting: { beatAt: 0, seenAt: NOW - watched } };
        const decision = admit(
          facts({
            claim: claimed(),
            holder: expired ? absent : holder(silent, watched, state),
            runControl: run === null ? null : { run: sampleJob().run, state: run, reason: 'x' },
          }),
        );
        expect(decision.reason).not.toBe('');
        const mayLive = (!expired && silent < WINDOW) || watched < 12_500;
        if (mayLive) expect(decision).toMatchObject({ kind: 'later' });
        if (decision.kind === 'later') expect(decision.delayMs).toBeGreaterThanOrEqual(1000);
      },
    ),
  );
});
