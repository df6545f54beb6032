/** A clock on which sleeping takes no time: it leaps to the moment that was waited for. */
import type { Clock } from '../asking/clock.ts';

export class LeapingClock implements Clock {
  /** How long each sleep was, milliseconds. */
  readonly slept: number[] = [];
  readonly #draws: () => number;
  #now: number;

  /** @param draws What `random` gives. */
  constructor(now: number, draws: () => number = () => 0.5) {
    this.#now = now;
    this.#draws = draws;
  }

  now(): number {
    return this.#now;
  }

  random(): number {
    return this.#draws();
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.reject(signal.reason);
    this.slept.push(ms);
    this.leap(ms);
    return Promise.resolve();
  }

  leap(ms: number): void {
    this.#now += ms;
  }
}
