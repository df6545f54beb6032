/** How far an assignment was taken. */
import type { AssignmentFinished } from '@modelwright/contracts';

export type WorkEnd =
  | { readonly kind: 'finished'; readonly final: AssignmentFinished }
  /** It waits, and holds nothing; it is delivered again when there is something to see. */
  | { readonly kind: 'parked'; readonly stop: number }
  /** Somebody else works on it. */
  | { readonly kind: 'lost' }
  /** This process is leaving; any other may go on. */
  | { readonly kind: 'left' };
