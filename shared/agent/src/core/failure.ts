/** How an assignment can fail by itself. */
import type { Failure } from '@modelwright/contracts';

export type FailureKind =
  | 'no-progress'
  | 'poison'
  | 'turns-spent'
  | 'budget-spent'
  | 'deadline-passed'
  | 'cancelled';

export function failure(kind: FailureKind, message: string): Failure {
  return { kind, message, retryable: false, origin: 'agent', causes: [] };
}
