/**
 * Hosts, a queue and programs in simulated time: what runners decide about the queue is real, all else is a table. So a
 * day of a farm is looked through in a second.
 */
import { randomUUID } from 'node:crypto';
import type { Delivery } from '@modelwright/bus';
import type { Job, Worker } from '@modelwright/contracts';
import { AcceleratorBook } from '../../adapters/accelerators/accelerator-book.ts';
import { QuarantineFile } from '../../adapters/accelerators/quarantine-file.ts';
import { depthKey } from '../../core/queue-view.ts';
import { FirstInLine } from '../../handlers/first-in-line.ts';
import { JobsInHand } from '../../handlers/jobs-in-hand.ts';
import { QueueGate } from '../../handlers/queue-gate.ts';
import { WaitingJobs } from '../../handlers/waiting-jobs.ts';
import { foundAccelerator } from '../found-accelerators.ts';
import { sampleWorker } from '../samples.ts';

export interface SimulatedJob {
  readonly job: Job;
  readonly runsForMs: number;
}

export interface Start {
  readonly job: string;
  readonly at: number;
  readonly host: string;
  readonly uuids: readonly string[];
}

interface Lying extends SimulatedJob {
  readonly sequence: number;
  deliveries: number;
  visibleAt: number;
  inWork: boolean;
}

const STEP_MS = 50;
/** Of a host, for asking a server and giving back what it got: so a long queue is not looked through in no time. */
const TAKE_MS = 5;
const HEARTBEAT_MS = 5_000;
const CLASSES = ['gpu', 'cpu'];

export class SimulatedFarm {
  now = 0;
  readonly starts: Start[] = [];
  readonly #lying = new Map<string, Lying>();
  readonly #hosts: SimulatedHost[];
  #sequence = 0;

  private constructor(gpus: readonly number[], slots: number, quarantines: QuarantineFile) {
    this.#hosts = gpus.map(
      (count, n) => new SimulatedHost(this, { name: `host-${n}`, count, slots, quarantines }),
    );
  }

  /** @param gpus How many each host has. */
  static async of(gpus: readonly number[], slots = 2): Promise<SimulatedFarm> {
    // No file is there, and none can be written: what is quarantined here is so in memory only.
    return new SimulatedFarm(
      gpus,
      slots,
      await QuarantineFile.open(`/nowhere/${randomUUID()}/quarantines.json`),
    );
  }

  send(one: SimulatedJob): void {
    this.#sequence += 1;
    this.#lying.set(one.job.id, {
      ...{ ...one, sequence: this.#sequence, deliveries: 0, visibleAt: 0, inWork: false },
    });
  }

  /** Jobs that have not ended. */
  get open(): number {
    return this.#lying.size;
  }

  async runFor(ms: number, each: () => void = () => undefined): Promise<void> {
    const until = this.now + ms;
    while (this.now < until) {
      this.now += STEP_MS;
      each();
      // Of those that wait on a server, the one that was given something last is behind the others.
      const inOrder = this.#hosts.toSorted((a, b) => a.servedAt - b.servedAt);
      for (const host of inOrder) await host.step();
    }
  }

  /** The first accelerator of the first host is quarantined. */
  async breakOne(): Promise<void> {
    await this.#hosts[0]?.breakOne();
  }

  workers(except: string): Worker[] {
    return this.#hosts.filter((host) => host.name !== except).map((host) => host.told);
  }

  depths(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { job } of this.#lying.values())
      counts.set(depthKey(job), (counts.get(depthKey(job)) ?? 0) + 1);
    return counts;
  }

  /** As JetStream does: the oldest that is to be had, and before all new ones what comes again. */
  take(klass: string, priority: string): Delivery<Job> | null {
    const next = [...this.#lying.values()]
      .filter((one) => one.job.class === klass && one.job.priority === priority)
      .filter((one) => !one.inWork && one.visibleAt <= this.now)
      .sort((a, b) => Number(b.deliveries > 0) - Number(a.deliveries > 0) || a.sequence - b.sequence)[0];
    return next === undefined ? null : this.#deliver(next);
  }

  runsForMs(job: string): number {
    return this.#lying.get(job)?.runsForMs ?? 0;
  }

  ended(job: string): void {
    this.#lying.delete(job);
  }

  #deliver(lying: Lying): Delivery<Job> {
    lying.inWork = true;
    lying.deliveries += 1;
    const { job, deliveries, sequence } = lying;
    return {
      ...{ body: job, deliveries, sequence, subject: '', ackWaitMs: 60_000 },
      envelope: { messageId: job.id, schema: 'job.v1', cause: null, run: job.run, traceparent: null },
      owned: () => true,
      keepAlive: () => ({ [Symbol.dispose]: () => undefined }),
      ack: () => Promise.resolve(true),
      nak: (delayMs) => {
        lying.inWork = false;
        lying.visibleAt = this.now + delayMs;
        return Promise.resolve();
      },
      deadLetter: () => Promise.resolve(),
    };
  }
}

interface SimulatedHostParts {
  readonly name: string;
  readonly count: number;
  readonly slots: number;
  readonly quarantines: QuarantineFile;
}

class SimulatedHost {
  readonly name: string;
  /** As of the last heartbeat. */
  told: Worker;
  servedAt = 0;
  readonly #farm: SimulatedFarm;
  readonly #book: AcceleratorBook;
  readonly #inHand: JobsInHand;
  readonly #gate: QueueGate;
  readonly #line: FirstInLine;
  readonly #waiting: WaitingJobs;
  readonly #endsAt = new Map<string, number>();
  readonly #pausedUntil = new Map<string, number>();

  constructor(farm: SimulatedFarm, { name, count, slots, quarantines }: SimulatedHostParts) {
    this.#farm = farm;
    this.name = name;
    const clock = () => farm.now;
    const found = Array.from({ length: count }, (_, n) => foundAccelerator(n, { uuid: `${name}-${n}` }));
    this.#book = new AcceleratorBook({
      ...{ found, locks: '/nowhere', quarantines, clock, tell: () => undefined },
    });
    const accelerators = this.#book;
    this.#inHand = new JobsInHand({ slots, memoryBytes: 2 ** 50, jobMemoryBytes: 2 ** 30, accelerators });
    this.#gate = new QueueGate(
      {
        inHand: this.#inHand,
        depths: { look: () => Promise.resolve(farm.depths()) },
        others: { look: () => Promise.resolve(farm.workers(name)) },
        clock,
      },
      CLASSES,
      count,
    );
    this.#waiting = new WaitingJobs(clock);
    this.#line = new FirstInLine({
      ...{ inHand: this.#inHand, gate: this.#gate, waiting: this.#waiting },
      whyUnwanted: () => Promise.resolve(null),
    });
    this.told = this.#record();
  }

  async breakOne(): Promise<void> {
    await this.#book.suspect([`${this.name}-0`], 'broken').catch(() => undefined); // there is no file to note it in
  }

  async step(): Promise<void> {
    const { now } = this.#farm;
    if (now - this.told.beatAt >= HEARTBEAT_MS) this.told = this.#record();
    for (const [job, at] of this.#endsAt) {
      if (at <= now) this.#end(job);
    }
    const first = await this.#line.next();
    if (first !== null) await this.#start(first);
    for (let spentMs = 0; spentMs < STEP_MS; spentMs += TAKE_MS) {
      if (!(await this.#takeOne())) break;
    }
  }

  async #takeOne(): Promise<boolean> {
    for (const lane of this.#gate.lanes()) {
      const key = `${lane.class}.${lane.priority}`;
      if ((this.#pausedUntil.get(key) ?? 0) > this.#farm.now) continue;
      const delivery = this.#farm.take(lane.class, lane.priority);
      if (delivery === null) {
        this.#gate.foundEmpty(lane);
        continue;
      }
      this.servedAt = this.#farm.now;
      const verdict = await this.#gate.weigh(delivery);
      if (verdict.kind === 'start') await this.#start(delivery);
      else if (verdict.kind === 'first-in-line') this.#line.hold(delivery, verdict.reason);
      else {
        await delivery.nak(verdict.delayMs);
        if (verdict.laneIsFull) this.#pausedUntil.set(key, this.#farm.now + verdict.delayMs);
      }
      return true;
    }
    return false;
  }

  async #start(delivery: Delivery<Job>): Promise<void> {
    const { body: job } = delivery;
    if (!this.#inHand.take(job)) return await delivery.nak(STEP_MS);
    this.#gate.started(job);
    this.#endsAt.set(job.id, this.#farm.now + this.#farm.runsForMs(job.id));
    const uuids = this.#book.of(job.id).map((one) => one.uuid);
    this.#farm.starts.push({ job: job.id, at: this.#farm.now, host: this.name, uuids });
  }

  #end(job: string): void {
    this.#endsAt.delete(job);
    this.#inHand.release(job);
    this.#farm.ended(job);
  }

  #record(): Worker {
    return sampleWorker({
      name: this.name,
      beatAt: this.#farm.now,
      runner: {
        ...{ classes: CLASSES, slots: 2, busy: this.#inHand.busy, jobs: this.#inHand.ids },
        ...{ isolation: 'contained', isolationNotes: [] },
        accelerators: this.#book.listAll(),
        inWork: Object.fromEntries(this.#inHand.inWork()),
        reservedFor: this.#inHand.firstInLine?.id ?? null,
        drained: null,
      },
    });
  }
}
