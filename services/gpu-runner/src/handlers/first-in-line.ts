/**
 * The one job that waits in this process: what it needs is given to nobody else here, until it starts, is passed on, or
 * is lost to the server's ack wait. A runner that is killed loses it to the queue, where it came from.
 */
import type { Delivery } from '@modelwright/bus';
import type { Job } from '@modelwright/contracts';
import type { JobsInHand } from './jobs-in-hand.ts';
import type { QueueGate } from './queue-gate.ts';
import type { WaitingJobs } from './waiting-jobs.ts';

export interface LinePorts {
  readonly inHand: JobsInHand;
  readonly gate: QueueGate;
  readonly waiting: WaitingJobs;
  /** Whether the job is still wanted. */
  readonly whyUnwanted: (job: Job) => Promise<string | null>;
}

export class FirstInLine {
  readonly #ports: LinePorts;
  #held: { readonly delivery: Delivery<Job>; readonly beat: Disposable } | null = null;
  #roomElsewhereSince: number | null = null;

  constructor(ports: LinePorts) {
    this.#ports = ports;
  }

  get isHeld(): boolean {
    return this.#held !== null;
  }

  hold(delivery: Delivery<Job>, reason: string): void {
    this.#held = { delivery, beat: delivery.keepAlive() };
    this.#roomElsewhereSince = null;
    this.#ports.waiting.note(delivery.body.id, `first in line: ${reason}`);
    this.#ports.inHand.setFirstInLine(delivery.body);
  }

  /** The job when it is to be admitted now: it can start, or it is not wanted any more. */
  async next(): Promise<Delivery<Job> | null> {
    if (this.#held === null) return null;
    const { delivery } = this.#held;
    if (!delivery.owned()) {
      this.#letGo();
      return null;
    }
    if ((await this.#ports.whyUnwanted(delivery.body)) !== null) return this.#letGo();
    const decision = await this.#ports.gate.reconsider(delivery.body, this.#roomElsewhereSince);
    switch (decision.kind) {
      case 'start':
        return this.#letGo();
      case 'wait':
        this.#roomElsewhereSince = decision.roomElsewhereSince;
        this.#ports.waiting.note(delivery.body.id, decision.reason);
        return null;
      case 'pass':
        this.#letGo();
        await delivery.nak(0);
        return null;
    }
  }

  /** To whoever asks next. */
  async giveBack(): Promise<void> {
    await this.#letGo()?.nak(0);
  }

  #letGo(): Delivery<Job> | null {
    const held = this.#held;
    if (held === null) return null;
    held.beat[Symbol.dispose]();
    this.#held = null;
    this.#ports.waiting.forget(held.delivery.body.id);
    this.#ports.inHand.setFirstInLine(null);
    return held.delivery;
  }
}
