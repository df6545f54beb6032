/** The jobs of this process with what each takes of the host, all or nothing, and the waking of those who wait for room. */
import type { Delivery } from '@modelwright/bus';
import type { Job, JobPriority } from '@modelwright/contracts';
import type { DeliverySeat } from '../adapters/bus/delivery-seat.ts';
import type { Picked } from '../core/accelerators/pick.ts';
import type { Share, Shares } from '../core/fair-share.ts';
import { type Need, needOf } from '../core/queue-lanes.ts';
import { type Depths, depthKey } from '../core/queue-view.ts';
import { hasMemory, type Occupant, type SlotKind, slotFor, slotOfAdopted, wanted } from '../core/slots.ts';
import type { Accelerators } from './accelerators.ts';

/** What this host gives away. */
export interface HostRoom {
  /** Ordinary ones. */
  readonly slots: number;
  /** Of all jobs together. */
  readonly memoryBytes: number;
  /** Of one job, at most. */
  readonly jobMemoryBytes: number;
  readonly accelerators: Accelerators;
}

/** What of it a job would get now. */
export interface Room {
  readonly slot: boolean;
  readonly memory: boolean;
  /** Null when it asks for no accelerators. */
  readonly picked: Picked | null;
}

interface InHand extends Occupant {
  readonly body: Job;
  /** Null while it is being admitted. */
  seat: DeliverySeat<Job> | null;
}

const NO_SHARE: Share = { held: 0, servedAt: 0 };

export class JobsInHand {
  readonly #room: HostRoom;
  readonly #jobs = new Map<string, InHand>();
  readonly #lives = new Set<Promise<void>>();
  readonly #listeners = new Set<() => void>();
  /** `<need> <run>` → when it was last served, counted in services. */
  readonly #served = new Map<string, number>();
  #services = 0;
  #firstInLine: Job | null = null;

  constructor(room: HostRoom) {
    this.#room = room;
    room.accelerators.onChange(() => this.changed());
  }

  get ids(): string[] {
    return [...this.#jobs.keys()];
  }

  /** Ordinary slots in use. */
  get busy(): number {
    return this.#occupants().filter((occupant) => occupant.slot === 'ordinary').length;
  }

  get firstInLine(): Job | null {
    return this.#firstInLine;
  }

  /** Whatever it waits for is given to nobody else from now on. */
  setFirstInLine(job: Job | null): void {
    this.#firstInLine = job;
    this.changed();
  }

  /** Priorities of jobs that could be started now, were there any. Nothing of what the first in line waits for. */
  open(need: Need): JobPriority[] {
    if (this.#firstInLine !== null && this.#needOf(this.#firstInLine) === need) return [];
    if (need === 'processors') return wanted(this.#occupants(), this.#room.slots);
    const any = this.#room.accelerators.pick({ count: 1, memoryBytes: null, shared: true });
    return any.kind === 'picked' ? ['high', 'normal', 'low'] : [];
  }

  has(job: string): boolean {
    return this.#jobs.has(job);
  }

  roomFor(job: Job): Room {
    const { accelerators, slots, memoryBytes } = this.#room;
    const occupants = this.#occupants();
    const first = this.#firstInLine;
    const before = first === null || first.id === job.id ? [] : [this.#occupant(first, 'ordinary')];
    return {
      slot: slotFor(job, occupants, slots) !== null,
      memory: hasMemory(this.#memoryOf(job), [...occupants, ...before], memoryBytes),
      picked: job.accelerators === null ? null : accelerators.pick(job.accelerators),
    };
  }

  /** Gives the job all that it needs; false, and nothing is taken, when that is not there, or it is in hand already. */
  take(job: Job): boolean {
    const { accelerators, slots } = this.#room;
    const slot = slotFor(job, this.#occupants(), slots);
    if (slot === null || this.has(job.id) || !this.roomFor(job).memory) return false;
    if (job.accelerators !== null) {
      const free = accelerators.free(job.accelerators);
      if (free === null) return false;
      accelerators.hold(job.id, free, job.accelerators);
    }
    this.#services += 1;
    this.#served.set(`${this.#needOf(job)} ${job.run}`, this.#services);
    this.#enter(job, slot);
    return true;
  }

  /** It runs already: it has what it has, room or not. `uuids` are those of its accelerators. */
  takeAdopted(job: Job, uuids: readonly string[]): void {
    const { accelerators, slots } = this.#room;
    if (job.accelerators !== null) accelerators.adopt(job.id, uuids, job.accelerators);
    this.#enter(job, slotOfAdopted(job, this.#occupants(), slots));
  }

  /** It is only to be closed, without a program; false when it is in hand already. */
  letThrough(job: Job): boolean {
    if (this.has(job.id)) return false;
    this.#enter(job, 'none');
    return true;
  }

  /** The job lives from now on, until `life` ends; what it took is free then. */
  live(job: string, seat: DeliverySeat<Job>, life: Promise<void>): void {
    const held = this.#jobs.get(job);
    if (held === undefined) throw new Error(`${job} lives without a slot`);
    held.seat = seat;
    const ended = life.finally(() => {
      this.#lives.delete(ended);
      this.release(job);
    });
    this.#lives.add(ended);
  }

  /** Hands a later delivery of a job in hand to it; false when it is not, not yet, or no more in hand. */
  attach(delivery: Delivery<Job>): boolean {
    const seat = this.#jobs.get(delivery.body.id)?.seat ?? null;
    return seat?.attach(delivery) ?? false;
  }

  release(job: string): void {
    this.#jobs.delete(job);
    this.#room.accelerators.release(job);
    this.changed();
  }

  /** What each run has of this here. */
  shares(need: Need): Shares {
    const shares = new Map<string, Share>();
    for (const [key, servedAt] of this.#served) {
      const [of, run = ''] = key.split(' ');
      if (of === need) shares.set(run, { held: 0, servedAt });
    }
    for (const { body } of this.#jobs.values()) {
      if (this.#needOf(body) !== need) continue;
      const share = shares.get(body.run) ?? NO_SHARE;
      shares.set(body.run, { ...share, held: share.held + (body.accelerators?.count ?? 1) });
    }
    return shares;
  }

  /** Jobs in hand by lane and run: their messages lie in the queue until they end. */
  inWork(): Depths {
    const first = this.#firstInLine;
    const bodies = [...this.#jobs.values()].map((one) => one.body);
    const all = first === null ? bodies : [...bodies, first];
    return all.reduce((counts, one) => {
      const key = depthKey(one);
      return counts.set(key, (counts.get(key) ?? 0) + 1);
    }, new Map<string, number>());
  }

  /** Calls back whenever a job came or went, or something may have come free. */
  onChange(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  /** Resolves when no life goes on. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#lives);
  }

  #enter(job: Job, slot: SlotKind): void {
    this.#jobs.set(job.id, { ...this.#occupant(job, slot), body: job, seat: null });
    this.changed();
  }

  #occupant(job: Job, slot: SlotKind): Occupant {
    return { job: job.id, slot, memoryBytes: slot === 'none' ? 0 : this.#memoryOf(job) };
  }

  #memoryOf(job: Job): number {
    return Math.min(job.limits.memoryBytes, this.#room.jobMemoryBytes);
  }

  #needOf(job: Job): Need {
    return job.accelerators === null ? 'processors' : needOf('gpu', this.#room.accelerators.count);
  }

  #occupants(): Occupant[] {
    return [...this.#jobs.values()];
  }
}
