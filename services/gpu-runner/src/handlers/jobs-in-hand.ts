/** The jobs of this process, each in a slot, and the waking of those who wait for one. */
import type { Delivery } from '@modelwright/bus';
import type { Job, JobPriority } from '@modelwright/contracts';
import type { DeliverySeat } from '../adapters/bus/delivery-seat.ts';
import { type Occupant, slotFor, slotOfAdopted, wanted } from '../core/slots.ts';

interface InHand extends Occupant {
  /** Null while it is being admitted. */
  seat: DeliverySeat<Job> | null;
}

export class JobsInHand {
  readonly #slots: number;
  readonly #jobs = new Map<string, InHand>();
  readonly #lives = new Set<Promise<void>>();
  readonly #onChange: () => void;
  #waiting: (() => void)[] = [];

  /** `onChange` is called when a job comes or goes. */
  constructor(slots: number, onChange: () => void) {
    this.#slots = slots;
    this.#onChange = onChange;
  }

  get ids(): string[] {
    return [...this.#jobs.keys()];
  }

  /** Ordinary slots in use. */
  get busy(): number {
    return this.#occupants().filter((occupant) => occupant.slot === 'ordinary').length;
  }

  wanted(): JobPriority[] {
    return wanted(this.#occupants(), this.#slots);
  }

  has(job: string): boolean {
    return this.#jobs.has(job);
  }

  /** Gives the job a slot; false when there is none, or when it is in hand already. */
  take(job: Job): boolean {
    const slot = slotFor(job.priority, this.#occupants(), this.#slots);
    if (slot === null || this.has(job.id)) return false;
    this.#jobs.set(job.id, { job: job.id, slot, seat: null });
    this.#onChange();
    return true;
  }

  takeAdopted(job: Job): void {
    const slot = slotOfAdopted(job.priority, this.#occupants(), this.#slots);
    this.#jobs.set(job.id, { job: job.id, slot, seat: null });
    this.#onChange();
  }

  /** The job lives from now on, until `life` ends; its slot is free then. */
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

  /** Hands a later delivery of a job in hand to it; false when it is not, or not yet, in hand. */
  attach(delivery: Delivery<Job>): boolean {
    const seat = this.#jobs.get(delivery.body.id)?.seat ?? null;
    seat?.attach(delivery);
    return seat !== null;
  }

  release(job: string): void {
    this.#jobs.delete(job);
    this.#onChange();
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }

  /** Resolves when a slot was freed, or `signal` aborts. */
  freed(signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (signal.aborted) return Promise.resolve();
    signal.addEventListener('abort', wake, { once: true });
    this.#waiting.push(wake);
    function wake() {
      signal.removeEventListener('abort', wake);
      resolve();
    }
    return promise;
  }

  /** Resolves when no life goes on. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#lives);
  }

  #occupants(): Occupant[] {
    return [...this.#jobs.values()];
  }
}
