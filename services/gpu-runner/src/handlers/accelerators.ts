/** The port to the accelerators of this host: what there is, and which job holds what. All of a job's, or none. */
import type { Accelerator, JobAccelerators } from '@modelwright/contracts';
import type { Picked } from '../core/accelerators/pick.ts';
import type { HeldAccelerator } from './executor.ts';

export interface Accelerators {
  /** How many this host has, whoever holds them. */
  readonly count: number;
  /** All of them, with their state: as the worker registry shows them. */
  listAll(): Accelerator[];
  /** What a job would get now, or why it gets nothing now, or ever on this host. Asking holds nothing. */
  pick(wish: JobAccelerators): Picked;
  /** What `pick` says as a job needs it; null when it would get nothing now. */
  free(wish: JobAccelerators): HeldAccelerator[] | null;
  /** From now on the job holds these. */
  hold(job: string, accelerators: readonly HeldAccelerator[], wish: JobAccelerators): void;
  /** Of a job that was found on disk at the start: what is unknown by now is passed over, all else is held again. */
  adopt(job: string, uuids: readonly string[], wish: JobAccelerators): HeldAccelerator[];
  /** What the job holds. */
  of(job: string): HeldAccelerator[];
  /** Does nothing when the job holds none. */
  release(job: string): void;
  /** It could not have them: someone else does. They are given to nobody until the next look at the host. */
  foundTaken(job: string, who: string): void;
  /** Calls back when something may have come free, or ceased to be. */
  onChange(listener: () => void): Disposable;
}
