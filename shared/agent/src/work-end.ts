/** How far an assignment was taken. */
import type { AssignmentFinished } from '@modelwright/contracts';

export type WorkEnd =
  | { readonly kind: 'finished'; readonly final: AssignmentFinished }
  /** It waits, and holds nothing; it is delivered again when there is something to see. */
  | { readonly kind: 'parked'; readonly stop: number }
  /** The model cannot be reached now: to be delivered again. `at`: before that there is no sense in it, epoch milliseconds. */
  | { readonly kind: 'later'; readonly at: number | null; readonly reason: string }
  /** Somebody else works on it. */
  | { readonly kind: 'lost' }
  /** This process is leaving; any other may go on. */
  | { readonly kind: 'left' };
