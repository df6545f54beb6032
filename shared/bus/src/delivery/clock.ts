/** Two clocks, since each alone can be wrong: the monotonic one stops while a laptop sleeps, the wall clock can be set. */
export interface Clock {
  /** Milliseconds; never goes back. */
  monotonic(): number;
  /** Milliseconds since the epoch. */
  wall(): number;
}

export const systemClock: Clock = { monotonic: () => performance.now(), wall: () => Date.now() };

export interface Instant {
  readonly monotonic: number;
  readonly wall: number;
}

export const now = (clock: Clock): Instant => ({ monotonic: clock.monotonic(), wall: clock.wall() });

/** The longer of the two: to think too much time has passed is harmless, to think too little is not. */
export const elapsed = (since: Instant, until: Instant): number =>
  Math.max(until.monotonic - since.monotonic, until.wall - since.wall);
