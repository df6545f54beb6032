import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foundAccelerator } from '../../testing/found-accelerators.ts';
import {
  type Book,
  bookOf,
  foundTaken,
  held,
  heldElsewhere,
  pardoned,
  quarantined,
  released,
  shown,
  suspended,
} from './book.ts';
import { MOST_SHARERS, pick } from './pick.ts';

const GiB = 2 ** 30;
const alone = (count: number, memoryBytes: number | null = null) => ({ count, memoryBytes, shared: false });
const sharing = (memoryBytes: number | null = null) => ({ count: 1, memoryBytes, shared: true });
const eight = () => bookOf(Array.from({ length: 8 }, (_, index) => foundAccelerator(index)));
const hold = (book: Book, job: string, ...uuids: string[]) =>
  held(book, uuids, { job, shared: false, memoryBytes: 0 });
const share = (book: Book, job: string, uuid: string, memoryBytes = 0) =>
  held(book, [uuid], { job, shared: true, memoryBytes });
const picked = (book: Book, request: Parameters<typeof pick>[1]) => {
  const result = pick(book, request);
  return result.kind === 'picked' ? result.uuids : result.reason;
};

describe('what a job gets', () => {
  it('is all that it asks for, or nothing and the reason', () => {
    const book = hold(eight(), 'a', 'GPU-0', 'GPU-1', 'GPU-2', 'GPU-3', 'GPU-4');
    expect(picked(book, alone(3))).toEqual(['GPU-5', 'GPU-6', 'GPU-7']);
    expect(pick(book, alone(4))).toEqual({
      kind: 'not-now',
      reason: 'it needs 4 of the 8 whole accelerators: 3 free, 5 in use',
    });
  });

  it('is never there where the host has too few that are large enough', () => {
    expect(pick(eight(), alone(9))).toEqual({ kind: 'never', reason: 'this host has 8 whole accelerators' });
    expect(pick(eight(), alone(1, 100 * GiB))).toEqual({
      kind: 'never',
      reason: 'this host has 0 accelerators with 100 GiB or more',
    });
  });

  it('is the smallest that is large enough', () => {
    const sizes = [80, 24, 40, 16].map((size, index) => foundAccelerator(index, { memoryBytes: size * GiB }));
    expect(picked(bookOf(sizes), alone(1, 20 * GiB))).toEqual(['GPU-1']);
    expect(picked(bookOf(sizes), alone(2))).toEqual(['GPU-3', 'GPU-1']);
  });

  it('is of one memory node, the one that it fills', () => {
    const nodes = [0, 0, 0, 0, 1, 1, 1, 1].map((numaNode, index) => foundAccelerator(index, { numaNode }));
    const book = hold(bookOf(nodes), 'a', 'GPU-4', 'GPU-5');
    expect(picked(book, alone(2))).toEqual(['GPU-6', 'GPU-7']);
    expect(picked(book, alone(3))).toEqual(['GPU-0', 'GPU-1', 'GPU-2']);
    expect(picked(hold(book, 'b', 'GPU-0'), alone(5))).toHaveLength(5);
  });

  it('is a slice only where one is enough', () => {
    const slice = (index: number) =>
      foundAccelerator(index, { uuid: `MIG-${index}`, parent: 'GPU-p', memoryBytes: 10 * GiB });
    const book = bookOf([slice(0), slice(1), foundAccelerator(2), foundAccelerator(3)]);
    expect(picked(book, alone(1))).toEqual(['MIG-0']);
    expect(picked(book, alone(2))).toEqual(['GPU-2', 'GPU-3']);
    expect(pick(book, alone(3)).kind).toBe('never');
  });

  it('is shared only with those that share, while the memory that was asked for suffices', () => {
    const two = bookOf([foundAccelerator(0), foundAccelerator(1)]);
    const one = share(two, 'a', 'GPU-0', 50 * GiB);
    expect(picked(one, sharing(20 * GiB))).toEqual(['GPU-0']);
    expect(picked(one, sharing(40 * GiB))).toEqual(['GPU-1']);
    expect(picked(one, alone(2))).toContain('1 free, 1 in use');
    expect(picked(hold(one, 'b', 'GPU-1'), sharing(40 * GiB))).toContain('0 free');
  });

  it('is shared by a few at most', () => {
    const jobs = Array.from({ length: MOST_SHARERS }, (_, index) => `j${index}`);
    const full = jobs.reduce((book, job) => share(book, job, 'GPU-0'), bookOf([foundAccelerator(0)]));
    expect(picked(full, sharing())).toContain('0 free, 1 in use');
  });

  it('is nothing that someone else on the host has', () => {
    const book = heldElsewhere(eight(), new Map([['GPU-0', 'process 7']]));
    expect(picked(book, alone(1))).toEqual(['GPU-1']);
    expect(shown(book.entries[0] ?? expect.unreachable())).toMatchObject({
      state: 'busy',
      reason: 'process 7',
    });
    expect(picked(heldElsewhere(book, new Map()), alone(1))).toEqual(['GPU-0']);
  });

  it('is for strangers to make room for where all jobs of this host together could not', () => {
    const book = heldElsewhere(hold(eight(), 'a', 'GPU-1'), new Map([['GPU-0', 'process 7']]));
    expect(pick(book, alone(8))).toMatchObject({ kind: 'not-now', strangers: true });
    expect(pick(book, alone(7))).not.toHaveProperty('strangers');
  });

  it('is another one where the first was found taken, until somebody has looked', () => {
    const book = foundTaken(hold(eight(), 'a', 'GPU-0'), 'a', 'its lock is held');
    expect(picked(book, alone(1))).toEqual(['GPU-1']);
    expect(picked(heldElsewhere(book, new Map()), alone(1))).toEqual(['GPU-0']);
  });

  it('is nothing for now while the tool does not answer', () => {
    const book = suspended(eight(), 'nvidia-smi does not answer');
    expect(pick(book, alone(1))).toEqual({ kind: 'not-now', reason: 'nvidia-smi does not answer' });
    expect(pick(book, alone(9)).kind).toBe('never');
    expect(picked(suspended(book, null), alone(1))).toEqual(['GPU-0']);
  });
});

describe('a quarantine', () => {
  it('keeps an accelerator from new jobs and says why', () => {
    const book = quarantined(eight(), 'GPU-0', { reason: 'Xid 79', since: 5 });
    expect(picked(book, alone(1))).toEqual(['GPU-1']);
    expect(picked(hold(book, 'a', 'GPU-1'), alone(7))).toBe(
      'it needs 7 of the 8 whole accelerators: 6 free, 1 in use, 1 quarantined',
    );
    expect(shown(book.entries[0] ?? expect.unreachable())).toMatchObject({
      state: 'quarantined',
      reason: 'Xid 79',
    });
  });

  it('is not waited for: a job that needs what is left and more never gets it here, until a person has looked', () => {
    const book = quarantined(eight(), 'GPU-0', { reason: 'Xid 79', since: 5 });
    expect(pick(book, alone(8))).toEqual({
      kind: 'never',
      reason: '7 of the 8 whole accelerators are not in quarantine',
    });
    expect(picked(pardoned(book, 'GPU-0', 6), alone(8))).toHaveLength(8);
  });

  it('keeps its first reason', () => {
    const first = quarantined(eight(), 'GPU-0', { reason: 'first', since: 5 });
    const second = quarantined(first, 'GPU-0', { reason: 'second', since: 6 });
    expect(second.entries[0]?.quarantine).toEqual({ reason: 'first', since: 5 });
  });

  it('ends by the word of a person, unless it began after that', () => {
    const book = quarantined(eight(), 'GPU-0', { reason: 'Xid 79', since: 5 });
    expect(pardoned(book, 'GPU-0', 4).entries[0]?.quarantine).not.toBeNull();
    expect(pardoned(book, 'GPU-0', 5).entries[0]?.quarantine).toBeNull();
  });

  it('of a GPU is one of all its slices, of a slice of that slice', () => {
    const slice = (index: number) => foundAccelerator(index, { uuid: `MIG-${index}`, parent: 'GPU-p' });
    const book = bookOf([slice(0), slice(1), foundAccelerator(2)]);
    const sick = (changed: Book) =>
      changed.entries.flatMap((e) => (e.quarantine === null ? [] : [e.found.uuid]));
    expect(sick(quarantined(book, 'GPU-p', { reason: 'x', since: 0 }))).toEqual(['MIG-0', 'MIG-1']);
    expect(sick(quarantined(book, 'MIG-1', { reason: 'x', since: 0 }))).toEqual(['MIG-1']);
  });
});

type Act =
  | {
      readonly kind: 'take';
      readonly job: string;
      readonly count: number;
      readonly memory: number;
      readonly shared: boolean;
    }
  | { readonly kind: 'end'; readonly job: string }
  | { readonly kind: 'break' | 'mend' | 'away' | 'back'; readonly gpu: number };

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    kind: fc.constant('take' as const),
    job: fc.stringMatching(/^[a-f]$/),
    count: fc.integer({ min: 1, max: 4 }),
    memory: fc.constantFrom(0, 10 * GiB, 30 * GiB),
    shared: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('end' as const), job: fc.stringMatching(/^[a-f]$/) }),
  fc.record({ kind: fc.constantFrom('break', 'mend', 'away', 'back'), gpu: fc.integer({ min: 0, max: 5 }) }),
);

describe('whatever happens', () => {
  it('no accelerator is given to two, unless both share and it is large enough; none that is sick or taken is given', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        acts.reduce(perform, hostOfSix());
      }),
      { numRuns: 500 },
    );
  });

  it('what is free suffices exactly when a job is given what it asks for', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), fc.integer({ min: 1, max: 6 }), (acts, count) => {
        const book = acts.reduce(perform, hostOfSix());
        const free = book.entries.filter((entry) => shown(entry).state === 'free').length;
        expect(pick(book, alone(count)).kind === 'picked').toBe(free >= count);
      }),
    );
  });

  function hostOfSix(): Book {
    const sizes = [16, 16, 40, 40, 80, 80];
    return bookOf(sizes.map((size, i) => foundAccelerator(i, { memoryBytes: size * GiB, numaNode: i % 2 })));
  }

  function perform(book: Book, one: Act): Book {
    if (one.kind === 'end') return released(book, one.job);
    if (one.kind !== 'take') return befall(book, one.kind, `GPU-${one.gpu}`);
    if (book.entries.some((entry) => entry.holdings.some((holding) => holding.job === one.job))) return book;
    const result = pick(book, { count: one.count, memoryBytes: one.memory, shared: one.shared });
    if (result.kind !== 'picked') return book;
    expect(new Set(result.uuids).size).toBe(one.count);
    const next = held(book, result.uuids, { job: one.job, shared: one.shared, memoryBytes: one.memory });
    for (const entry of next.entries) {
      const { holdings, found } = entry;
      if (result.uuids.includes(found.uuid)) {
        expect(entry.quarantine).toBeNull();
        expect(entry.elsewhere).toBeNull();
      }
      if (holdings.length < 2) continue;
      expect(holdings.every((holding) => holding.shared)).toBe(true);
      expect(holdings.reduce((sum, each) => sum + each.memoryBytes, 0)).toBeLessThanOrEqual(
        found.memoryBytes,
      );
    }
    return next;
  }

  function befall(book: Book, kind: 'break' | 'mend' | 'away' | 'back', uuid: string): Book {
    if (kind === 'break') return quarantined(book, uuid, { reason: 'broken', since: 1 });
    if (kind === 'mend') return pardoned(book, uuid, 2);
    return heldElsewhere(book, kind === 'away' ? new Map([[uuid, 'a stranger']]) : new Map());
  }
});
