/**
 * The accelerators of this host and who holds them: the book that admission asks, kept by one runner.
 *
 *   const free = book.free(request)        what a job would get; null: not now, and `pick(request)` says why
 *   book.hold(job, free, request)          at admission, before anything is awaited
 *   book.release(job)                      when the job's life on this host is over
 *   book.adopt(job, uuids)                 at the start, for what is found running (`readHeld` of its attempt folder)
 *   book.suspect(uuids, reason)            a kill that hung, and the like: quarantined, and said so
 *
 * Memory only, but for quarantines. What is true on the host are the locks that supervisors hold.
 */
import type { Accelerator, JobAccelerators } from '@modelwright/contracts';
import {
  type Book,
  bookOf,
  type Entry,
  family,
  foundTaken,
  held,
  heldElsewhere,
  pardoned,
  quarantined,
  released,
  shown,
  shownAll,
  suspended,
} from '../../core/accelerators/book.ts';
import type { FoundAccelerator } from '../../core/accelerators/found-accelerator.ts';
import { type Picked, pick } from '../../core/accelerators/pick.ts';
import type { Accelerators } from '../../handlers/accelerators.ts';
import type { HeldAccelerator } from '../../handlers/executor.ts';
import { lockFileOf } from './lock-files.ts';
import type { QuarantineFile, Released } from './quarantine-file.ts';

export interface AcceleratorBookParts {
  readonly found: readonly FoundAccelerator[];
  /** Of the lock files. */
  readonly locks: string;
  readonly quarantines: QuarantineFile;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Something was quarantined or released. */
  readonly tell: (accelerator: Accelerator) => void;
}

export class AcceleratorBook implements Accelerators {
  readonly #parts: AcceleratorBookParts;
  readonly #listeners = new Set<() => void>();
  #book: Book;

  constructor(parts: AcceleratorBookParts) {
    this.#parts = parts;
    this.#book = parts.quarantines.quarantined.reduce(
      (book, [uuid, quarantine]) => quarantined(book, uuid, quarantine),
      bookOf(parts.found),
    );
  }

  /** Called at once whenever something may have become free, or ceased to be. */
  onChange(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  get count(): number {
    return this.#book.entries.length;
  }

  /** What a job would get now, or why it gets nothing now, or ever on this host. */
  pick(request: JobAccelerators): Picked {
    return pick(this.#book, request);
  }

  /** All that the job asks for, or null. Nothing is held by asking. */
  free(request: JobAccelerators): HeldAccelerator[] | null {
    const picked = this.pick(request);
    return picked.kind === 'picked' ? picked.uuids.map((uuid) => this.#as(uuid, request.shared)) : null;
  }

  hold(job: string, accelerators: readonly HeldAccelerator[], request: JobAccelerators): void {
    const uuids = accelerators.map((one) => one.uuid);
    const holding = { job, shared: request.shared, memoryBytes: request.memoryBytes ?? 0 };
    this.#change(held(this.#book, uuids, holding));
  }

  /** Found running at the start: it holds them, whatever the book would have decided. Unknown ones are left out. */
  adopt(job: string, uuids: readonly string[], request: JobAccelerators): HeldAccelerator[] {
    const known = uuids.filter((uuid) => this.#entry(uuid) !== undefined);
    const accelerators = known.map((uuid) => this.#as(uuid, request.shared));
    this.hold(job, accelerators, request);
    return accelerators;
  }

  release(job: string): void {
    this.#change(released(this.#book, job));
  }

  foundTaken(job: string, who: string): void {
    this.#change(foundTaken(this.#book, job, who));
  }

  /** What the job holds. */
  of(job: string): HeldAccelerator[] {
    return this.#book.entries.flatMap((entry) => {
      const holding = entry.holdings.find((one) => one.job === job);
      return holding === undefined ? [] : [this.#as(entry.found.uuid, holding.shared)];
    });
  }

  listAll(): Accelerator[] {
    return shownAll(this.#book);
  }

  get found(): FoundAccelerator[] {
    return this.#book.entries.map((entry) => entry.found);
  }

  /** Those that nobody but the job is known to hold. */
  idleWithout(job: string): string[] {
    const others = (entry: Entry) =>
      entry.elsewhere !== null || entry.holdings.some((one) => one.job !== job);
    return this.#book.entries.filter((entry) => !others(entry)).map((entry) => entry.found.uuid);
  }

  /** Quarantines them. `at` is when it happened: what a person has settled since then is not taken up again. */
  async suspect(uuids: readonly string[], reason: string, at = this.#parts.clock()): Promise<void> {
    const { quarantines } = this.#parts;
    const fresh = uuids.filter((uuid) => at > quarantines.releasedAt(uuid));
    const next = fresh.reduce((book, uuid) => quarantined(book, uuid, { reason, since: at }), this.#book);
    await this.#judged(next, null);
  }

  /** A person has looked at it. */
  async pardon(uuid: string, at: number): Promise<void> {
    const known = family(this.#book, uuid).filter((one) => at > this.#parts.quarantines.releasedAt(one));
    if (known.length > 0) await this.#judged(pardoned(this.#book, uuid, at), { uuids: known, at });
  }

  /** Others on this host hold these, as their locks and containers say. */
  elsewhere(holders: ReadonlyMap<string, string>): void {
    this.#change(heldElsewhere(this.#book, holders));
  }

  get hasOtherHolders(): boolean {
    return this.#book.entries.some((entry) => entry.elsewhere !== null);
  }

  /** Nothing is given out until `reason` is null again. */
  suspend(reason: string | null): void {
    if (reason !== this.#book.suspended) this.#change(suspended(this.#book, reason));
  }

  get suspended(): string | null {
    return this.#book.suspended;
  }

  async #judged(next: Book, person: Released | null): Promise<void> {
    const before = this.#book.entries;
    const changed = next.entries.filter((entry, index) => entry.quarantine !== before[index]?.quarantine);
    if (changed.length === 0 && person === null) return;
    this.#change(next);
    for (const entry of changed) this.#parts.tell(shown(entry));
    const standing = next.entries.flatMap(({ found, quarantine }) =>
      quarantine === null ? [] : [[found.uuid, quarantine] as const],
    );
    await this.#parts.quarantines.write(standing, person);
  }

  #change(next: Book): void {
    if (next === this.#book) return;
    this.#book = next;
    for (const listener of this.#listeners) listener();
  }

  #entry(uuid: string): Entry | undefined {
    return this.#book.entries.find((entry) => entry.found.uuid === uuid);
  }

  #as(uuid: string, shared: boolean): HeldAccelerator {
    const entry = this.#entry(uuid);
    if (entry === undefined) throw new Error(`this host has no accelerator ${uuid}`);
    const { vendor, deviceFiles } = entry.found;
    return { uuid, vendor, deviceFiles, lockFile: lockFileOf(this.#parts.locks, uuid), shared };
  }
}
