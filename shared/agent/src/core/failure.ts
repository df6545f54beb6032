/** How an assignment can fail by itself. What a model's failure is called stands with the model port. */
import type { Failure } from '@modelwright/contracts';

export type FailureKind =
  /** It stopped calling tools, or its calls kept achieving nothing. */
  | 'no-progress'
  | 'refused'
  | 'cut-off'
  | 'poison'
  | 'turns-spent'
  | 'budget-spent'
  | 'tokens-spent'
  | 'deadline-passed'
  | 'cancelled'
  /** Of a request alone: the process that made it is gone, and with it the answer. */
  | 'interrupted';

export function failure(kind: FailureKind, message: string): Failure {
  return { kind, message, retryable: false, origin: 'agent', causes: [] };
}
