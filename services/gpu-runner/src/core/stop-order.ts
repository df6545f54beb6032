/** Why the runner had a running program stopped, and whether that is how it ended. */
import type { Ending } from './job-state.ts';

export const stopOrderKinds = ['cancel', 'stop-rule', 'hand-over'] as const;

export interface StopOrder {
  readonly kind: (typeof stopOrderKinds)[number];
  /** A sentence without a subject; the ending's reason begins with it when the order was carried out. */
  readonly reason: string;
}

/**
 * The order that ended the program; null when it ended otherwise. Of several orders the first counts, and a limit may
 * have been faster: only the record of the ending says which it was.
 */
export function carriedOut(ending: Ending, order: StopOrder | null): StopOrder | null {
  return order !== null && ending.end === 'cancelled' && ending.reason.startsWith(order.reason)
    ? order
    : null;
}
