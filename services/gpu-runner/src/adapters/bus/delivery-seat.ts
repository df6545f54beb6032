/**
 * The delivery a running job answers on. After a break of the connection, or a restart, the job is delivered again, and
 * the new delivery takes the seat of the old one.
 */
import type { Delivery } from '@modelwright/bus';

export class DeliverySeat<Body> {
  #delivery: Delivery<Body> | null = null;
  #beat: Disposable | null = null;
  #closed = false;

  /** False when the job speaks for no message any more: a delivery taken then would lie until its ack wait is over. */
  attach(delivery: Delivery<Body>): boolean {
    if (this.#closed) return false;
    this.release();
    this.#delivery = delivery;
    this.#beat = delivery.keepAlive();
    return true;
  }

  /** Acknowledges, if the delivery is still ours; an older one is settled by the next who gets it. */
  async ack(): Promise<void> {
    await this.#delivery?.ack();
    this.release();
  }

  /** Has it delivered again, to anybody. */
  async giveBack(delayMs: number): Promise<void> {
    await this.#delivery?.nak(delayMs);
    this.close();
  }

  async deadLetter(reason: string): Promise<void> {
    if (this.#delivery?.owned() === true) await this.#delivery.deadLetter(reason);
  }

  /** For good. */
  close(): void {
    this.#closed = true;
    this.release();
  }

  /** Stops speaking for the message, without a word. */
  release(): void {
    this.#beat?.[Symbol.dispose]();
    this.#beat = null;
    this.#delivery = null;
  }
}
