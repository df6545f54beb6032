/**
 * How long a delivered message is surely still ours.
 *
 * The server delivers it to somebody else once the ack wait has passed without a sign of life. After that a late sign
 * does not win it back, and an answer would settle the other's delivery. So ownership ends a little early by our own
 * clocks, and once lost it stays lost.
 */
import { type Clock, elapsed, type Instant, now } from './clock.ts';

/** Share of the ack wait that is counted on; the rest covers the way between server and us. */
const COUNTED_ON = 0.9;

export class Ownership {
  readonly #clock: Clock;
  readonly #heldMs: number;
  #since: Instant;
  #lost = false;

  constructor(ackWaitMs: number, clock: Clock) {
    this.#clock = clock;
    this.#heldMs = ackWaitMs * COUNTED_ON;
    this.#since = now(clock);
  }

  held(): boolean {
    this.#lost ||= this.remainingMs() <= 0;
    return !this.#lost;
  }

  /** Milliseconds until it is lost; not positive when it is. */
  remainingMs(): number {
    return this.#lost ? 0 : this.#heldMs - elapsed(this.#since, now(this.#clock));
  }

  /** To be called before a sign of life is sent; the result, once the server has confirmed it, makes it count. */
  prepareRenewal(): () => void {
    const sentAt = now(this.#clock);
    return () => {
      if (this.held()) this.#since = sentAt;
    };
  }
}
