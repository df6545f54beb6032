/**
 * Who holds which accelerator of this host: a value, and the functions that make the next one.
 *
 *            hold                          quarantine
 *   free ───────────► held, exclusively ───────────────┐
 *     │ ▲◄── release ── or by several that share it ───┤
 *     │ │                                              ▼
 *     └─┼──────────── quarantine ─────────────► quarantined ── what holds it may end; nothing new is put on it
 *       └───────────────── pardon, by a person ────────┘
 *
 * The book decides what is tried. What is true on the host is a lock per accelerator (docs/decisions/0016): a book that
 * is wrong costs a job a second try, never two programs one GPU.
 */
import type { Accelerator } from '@modelwright/contracts';
import type { FoundAccelerator } from './found-accelerator.ts';

export interface Holding {
  readonly job: string;
  readonly shared: boolean;
  /** What the job asked for at least; it counts where several share. */
  readonly memoryBytes: number;
}

export interface Quarantine {
  readonly reason: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

export interface Entry {
  readonly found: FoundAccelerator;
  readonly holdings: readonly Holding[];
  readonly quarantine: Quarantine | null;
  /** Who else on this host has it, in words; null when nobody has. */
  readonly elsewhere: string | null;
}

/** In the order of discovery. */
export interface Book {
  readonly entries: readonly Entry[];
  /** Why nothing is given out at all for now; null when all is well. */
  readonly suspended: string | null;
}

export const bookOf = (found: readonly FoundAccelerator[]): Book => ({
  entries: found.map((one) => ({ found: one, holdings: [], quarantine: null, elsewhere: null })),
  suspended: null,
});

/** All of them for the job: exclusively, or beside others that share. */
export function held(book: Book, uuids: readonly string[], holding: Holding): Book {
  return changed(book, uuids, (entry) => ({
    ...entry,
    holdings: [...entry.holdings.filter((one) => one.job !== holding.job), holding],
  }));
}

export function released(book: Book, job: string): Book {
  return { ...book, entries: book.entries.map((entry) => without(entry, job)) };
}

/** A quarantine that stands is kept: the first reason is the one to look into. A GPU takes its slices with it. */
export function quarantined(book: Book, uuid: string, quarantine: Quarantine): Book {
  return changed(book, family(book, uuid), (entry) => ({
    ...entry,
    quarantine: entry.quarantine ?? quarantine,
  }));
}

/** A person said so at that time: a quarantine that began later stands. */
export function pardoned(book: Book, uuid: string, at: number): Book {
  return changed(book, family(book, uuid), (entry) =>
    entry.quarantine !== null && entry.quarantine.since > at ? entry : { ...entry, quarantine: null },
  );
}

/** What others of this host hold now, by the accelerator; what is not named is with nobody else. */
export function heldElsewhere(book: Book, holders: ReadonlyMap<string, string>): Book {
  const now = (entry: Entry) => (entry.holdings.length > 0 ? null : (holders.get(entry.found.uuid) ?? null));
  if (book.entries.every((entry) => now(entry) === entry.elsewhere)) return book;
  return { ...book, entries: book.entries.map((entry) => ({ ...entry, elsewhere: now(entry) })) };
}

/**
 * The job was given these and did not get them: somebody on this host has one that no look has found yet. All are left
 * alone until the next look, or the next job would be given the same ones though others are free.
 */
export function foundTaken(book: Book, job: string, who: string): Book {
  const had = book.entries.filter(({ holdings }) => holdings.some((one) => one.job === job));
  const uuids = had.map((entry) => entry.found.uuid);
  return changed(book, uuids, (entry) => {
    const left = without(entry, job);
    return { ...left, elsewhere: left.holdings.length > 0 ? null : who };
  });
}

export const suspended = (book: Book, reason: string | null): Book => ({ ...book, suspended: reason });

/** As the registry shows them: while nothing is given out, what is not in use is out of use, for that reason. */
export function shownAll({ entries, suspended: reason }: Book): Accelerator[] {
  const all = entries.map(shown);
  if (reason === null) return all;
  return all.map((one) =>
    one.state === 'free' ? { ...one, state: 'quarantined', reason: `for now: ${reason}` } : one,
  );
}

export function shown({ found, holdings, quarantine, elsewhere }: Entry): Accelerator {
  const { uuid, index, vendor, model, memoryBytes, driver, parent } = found;
  const busy = holdings.length > 0 || elsewhere !== null;
  return {
    uuid,
    index,
    vendor,
    model,
    memoryBytes,
    driver,
    parent,
    state: quarantine !== null ? 'quarantined' : busy ? 'busy' : 'free',
    reason: quarantine?.reason ?? elsewhere ?? '',
    jobs: holdings.map((one) => one.job),
  };
}

function changed(book: Book, uuids: readonly string[], change: (entry: Entry) => Entry): Book {
  const chosen = new Set(uuids);
  const entries = book.entries.map((entry) => (chosen.has(entry.found.uuid) ? change(entry) : entry));
  return { ...book, entries };
}

/** A GPU and its slices; of a slice, the slice alone. */
export function family(book: Book, uuid: string): string[] {
  return book.entries.flatMap(({ found }) =>
    found.uuid === uuid || found.parent === uuid ? [found.uuid] : [],
  );
}

function without(entry: Entry, job: string): Entry {
  return { ...entry, holdings: entry.holdings.filter((holding) => holding.job !== job) };
}
