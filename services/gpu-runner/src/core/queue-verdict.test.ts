import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type QueueFacts, weigh } from './queue-verdict.ts';
import { reconsider } from './reservation.ts';

const ROOM: QueueFacts = {
  deliveries: 1,
  picked: { kind: 'picked', uuids: ['GPU-1'] },
  slot: true,
  memory: true,
  lying: 0,
  before: null,
  roomElsewhere: null,
  otherHost: null,
  firstInLine: null,
};
const taken = { kind: 'not-now', reason: 'it needs 4 of the 8 accelerators: 3 free, 5 in use' } as const;
const never = { kind: 'never', reason: 'this host has 2 accelerators' } as const;
const facts = (change: Partial<QueueFacts>): QueueFacts => ({ ...ROOM, ...change });

describe('a job that was delivered', () => {
  test('is started where there is room', () => {
    expect(weigh(ROOM).kind).toBe('start');
    expect(weigh(facts({ picked: null })).kind).toBe('start');
  });

  test('is passed on where it never fits, more slowly each time, and says who has more', () => {
    const first = weigh(facts({ picked: never, otherHost: 'west' }));
    const later = weigh(facts({ picked: never, otherHost: 'west', deliveries: 4 }));
    expect(first).toMatchObject({
      kind: 'pass',
      reason: 'this host has 2 accelerators; runner west has more',
    });
    expect(later).toMatchObject({ delayMs: 4 * (first.kind === 'pass' ? first.delayMs : 0) });
  });

  test('that fits nowhere says so, and is looked at ever more rarely', () => {
    expect(weigh(facts({ picked: never, deliveries: 50 }))).toMatchObject({
      kind: 'pass',
      delayMs: 15_000,
      reason: 'this host has 2 accelerators, and no other live runner has more',
    });
  });

  test('lets the run go first whose turn it is', () => {
    const before = { run: 'b', reason: 'run b has waited longer' };
    expect(weigh(facts({ before }))).toMatchObject({
      kind: 'pass',
      reason: before.reason,
      laneIsFull: false,
    });
    expect(weigh(facts({ before, lying: 200 }))).toMatchObject({ delayMs: 4000 });
  });

  test('goes to a host with room a few times, then stays as the first in line', () => {
    const elsewhere = { picked: taken, roomElsewhere: 'west' };
    expect(weigh(facts(elsewhere))).toMatchObject({
      kind: 'pass',
      reason: expect.stringContaining('runner west has room'),
    });
    expect(weigh(facts({ ...elsewhere, deliveries: 5 })).kind).toBe('first-in-line');
  });

  test('becomes the first in line where nobody has room, or stands behind who is', () => {
    expect(weigh(facts({ picked: taken }))).toEqual({ kind: 'first-in-line', reason: taken.reason });
    expect(weigh(facts({ memory: false })).kind).toBe('first-in-line');
    expect(weigh(facts({ picked: taken, firstInLine: 'job-7' }))).toMatchObject({
      kind: 'pass',
      laneIsFull: true,
      reason: expect.stringContaining('job-7 is before it'),
    });
  });

  test('never holds the line for what strangers on the host have', () => {
    const strangers = { ...taken, strangers: true } as const;
    expect(weigh(facts({ picked: strangers, deliveries: 3 }))).toMatchObject({
      kind: 'pass',
      delayMs: 1500,
      laneIsFull: false,
    });
    expect(reconsider({ ...ROOM, picked: strangers }, null, 0).kind).toBe('pass');
  });

  test('whatever is known, is started only with all it needs, and is told a reason', () => {
    fc.assert(
      fc.property(
        fc.record({
          deliveries: fc.integer({ min: 1, max: 20 }),
          picked: fc.constantFrom(ROOM.picked, taken, never, null),
          lying: fc.nat(),
          slot: fc.boolean(),
          memory: fc.boolean(),
          before: fc.constantFrom(null, { run: 'b', reason: 'b first' }),
          roomElsewhere: fc.constantFrom(null, 'west'),
          otherHost: fc.constantFrom(null, 'west'),
          firstInLine: fc.constantFrom(null, 'job-7'),
        }),
        (known) => {
          const verdict = weigh(known);
          expect(verdict.reason).not.toBe('');
          if (verdict.kind === 'start') {
            expect(known).toMatchObject({ slot: true, memory: true, before: null });
            expect(known.picked?.kind ?? 'picked').toBe('picked');
          }
          if (verdict.kind === 'pass') expect(verdict.delayMs).toBeGreaterThan(0);
          if (verdict.kind === 'first-in-line') expect(known.firstInLine).toBeNull();
        },
      ),
    );
  });
});

describe('the first in line', () => {
  const waiting = { ...ROOM, picked: taken };

  test('starts as soon as what it needs is free', () => {
    expect(reconsider(ROOM, null, 0).kind).toBe('start');
  });

  test('is passed on only when another host has had room for longer than a record is old', () => {
    const elsewhere = { ...waiting, roomElsewhere: 'west' };
    const first = reconsider(elsewhere, null, 1000);
    expect(first).toMatchObject({ kind: 'wait', roomElsewhereSince: 1000 });
    expect(reconsider(elsewhere, 1000, 6000).kind).toBe('wait');
    expect(reconsider(elsewhere, 1000, 7000)).toEqual({ kind: 'pass', reason: 'runner west has room' });
  });

  test('forgets a room that was taken meanwhile', () => {
    expect(reconsider(waiting, 1000, 9000)).toMatchObject({ kind: 'wait', roomElsewhereSince: null });
  });

  test('is passed on when the host has lost what it waits for', () => {
    expect(reconsider({ ...ROOM, picked: never }, null, 0)).toMatchObject({
      kind: 'pass',
      reason: 'not here any more: this host has 2 accelerators',
    });
  });
});
