/** The port to the accelerators of this host: what there is, and which job holds what. All of a job's, or none. */
import type { Accelerator, JobAccelerators } from '@modelwright/contracts';
import type { HeldAccelerator } from './executor.ts';

/** What a job would get. `never`: this host does not have it, whoever ends. */
export type Answer =
  | { readonly kind: 'free'; readonly accelerators: readonly HeldAccelerator[] }
  | { readonly kind: 'not-now' | 'never'; readonly reason: string };

export interface Accelerators {
  /** All of them, with their state: as the worker registry shows them. */
  list(): readonly Accelerator[];
  /** What a job with this wish would get now. Asking holds nothing. */
  ask(wish: JobAccelerators): Answer;
  /** From now on `job` holds these; what it held before is let go. */
  hold(job: string, wish: JobAccelerators, held: readonly HeldAccelerator[]): void;
  /** Of a job that was found on disk at the start: what is unknown by now is passed over, all else is held again. */
  adopt(job: string, wish: JobAccelerators, uuids: readonly string[]): void;
  heldBy(job: string): readonly HeldAccelerator[];
  /** Does nothing when the job holds none. */
  release(job: string): void;
  /** Calls back when something came free, was quarantined or released. */
  onChange(listener: () => void): Disposable;
}

/** Of a host that has none, or does not give them away. */
export const NO_ACCELERATORS: Accelerators = {
  list: () => [],
  ask: () => ({ kind: 'never', reason: 'this host has no accelerators' }),
  hold: () => undefined,
  adopt: () => undefined,
  heldBy: () => [],
  release: () => undefined,
  onChange: () => ({ [Symbol.dispose]: () => undefined }),
};
