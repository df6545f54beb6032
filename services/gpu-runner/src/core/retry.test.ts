import type { JobEnd } from '@modelwright/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sampleClaim, sampleJob } from '../testing/samples.ts';
import { endingWithoutProgram } from './ending.ts';
import type { Ending } from './job-state.ts';
import {
  afterGivenBack,
  awayAfterMs,
  firstClaim,
  givenBack,
  nextAttempt,
  whyElsewhere,
  withCheckpoint,
} from './retry.ts';

const me = { runner: 'me', process: 'p2' };
const checkpoint = { kind: 'tree', store: 'artifacts', sha256: 'b'.repeat(64), size: 1 } as const;
const ending = (end: JobEnd, change: Partial<Ending> = {}): Ending => ({
  ...endingWithoutProgram('lost', 'x', 0),
  end,
  ...change,
});
const FAULT = ['GPU-1: the kernel reported Xid 79: GPU has fallen off the bus'];

test('three attempts in a row without a checkpoint are the end', () => {
  let claim = firstClaim(sampleJob(), me, 0);
  const kinds: string[] = [];
  for (let n = 0; n < 3; n++) {
    const next = nextAttempt(claim, 'the host was lost', me, n);
    kinds.push(next.kind);
    if (next.kind === 'again') claim = next.claim;
  }
  expect(kinds).toEqual(['again', 'again', 'give-up']);
});

test('a checkpoint starts the count again', () => {
  let claim = withCheckpoint(sampleClaim({ attempt: 3, attemptsWithoutProgress: 3 }), checkpoint);
  for (let n = 0; n < 3; n++) {
    const next = nextAttempt(claim, 'x', me, n);
    if (next.kind === 'give-up') throw new Error(`given up after ${n}`);
    claim = next.claim;
  }
  expect(claim).toMatchObject({ attempt: 6, checkpoint });
  expect(nextAttempt(claim, 'x', me, 9).kind).toBe('give-up');
});

test('a job that is handed over goes on elsewhere, as often as it is, without anything held against it', () => {
  let claim = firstClaim(sampleJob(), me, 0);
  for (let n = 0; n < 10; n++) {
    const released = givenBack(claim, false);
    expect(released.state).toBe('released');
    claim = afterGivenBack(released, me, n);
  }
  expect(claim).toMatchObject({ state: 'held', attempt: 11, attemptsWithoutProgress: 1 });
});

test('a job that is given back stays away longer each time, and never for long', () => {
  expect([1, 2, 10, 1000].map(awayAfterMs)).toEqual([500, 1000, 5000, 15_000]);
});

test.each<JobEnd>(['failed', 'stalled', 'timed-out'])(
  'a program that %s while its accelerator failed has another chance elsewhere',
  (end) => {
    expect(whyElsewhere(ending(end), FAULT, sampleClaim())).toBe(
      'an accelerator failed under it (GPU-1: the kernel reported Xid 79: GPU has fallen off the bus)',
    );
    expect(whyElsewhere(ending(end), [], sampleClaim())).toBeNull();
  },
);

test.each<JobEnd>(['finished', 'cancelled', 'refused', 'disk-full', 'out-of-memory'])(
  'a program that ended as %s has no other chance, whatever its accelerator did',
  (end) => {
    expect(whyElsewhere(ending(end), FAULT, sampleClaim())).toBeNull();
  },
);

test('the memory of an accelerator that failed is no fault of the program', () => {
  const exhausted = ending('out-of-memory', { exhausted: 'accelerator' });
  expect(whyElsewhere(exhausted, FAULT, sampleClaim())).not.toBeNull();
});

test('a program that breaks whatever it is given ends, whether it saves or not, with any number of accelerators on the farm', () => {
  fc.assert(
    fc.property(fc.constantFrom<JobEnd>('failed', 'stalled', 'timed-out'), fc.boolean(), (end, saves) => {
      let claim = firstClaim(sampleJob(), me, 0);
      let broken = 1;
      while (whyElsewhere(ending(end), FAULT, claim) !== null) {
        const saved = saves ? withCheckpoint(claim, checkpoint) : claim;
        claim = afterGivenBack(givenBack(saved, 'fault'), me, broken);
        broken += 1;
        expect(broken).toBeLessThanOrEqual(3);
      }
      expect(broken).toBe(3);
    }),
  );
});
