/**
 * The rate at which a key may be used, as the generic cell rate algorithm (ITU-T I.371): one time is all its memory, the
 * moment at which a steady sender would be due. A call may come a little before its turn, so that short bursts pass.
 */

export interface RateState {
  /** Milliseconds since the epoch: the provider wants no call before. */
  readonly pausedUntil: number;
  /** Milliseconds since the epoch: when the next call is due at a steady rate. */
  readonly due: number;
}

export const UNUSED: RateState = { pausedUntil: 0, due: 0 };

/** Seconds of the steady rate that may be used at once. */
const BURST_SECONDS = 6;

export interface Turn {
  /** When the call may be made. */
  readonly at: number;
  /** As it is when the call is made; null where that would be later than wanted, and nothing is taken. */
  readonly next: RateState | null;
}

/**
 * The next turn.
 * @param perMinute Null: as many as the provider lets through.
 * @param latest Nobody waits longer than until then.
 */
export function takeTurn(
  state: RateState,
  perMinute: number | null,
  { now, latest }: { now: number; latest: number },
): Turn {
  if (perMinute === null) {
    const at = Math.max(now, state.pausedUntil);
    return { at, next: at <= latest ? state : null };
  }
  const everyMs = 60_000 / perMinute;
  const early = Math.max(0, Math.floor((perMinute * BURST_SECONDS) / 60) - 1) * everyMs;
  const at = Math.ceil(Math.max(now, state.pausedUntil, state.due - early));
  if (at > latest) return { at, next: null };
  return { at, next: { ...state, due: Math.ceil(Math.max(state.due, at) + everyMs) } };
}

/** Pauses only ever grow: of two answers the later moment counts. */
export function paused(state: RateState, until: number): RateState {
  return until > state.pausedUntil ? { ...state, pausedUntil: Math.ceil(until) } : state;
}
