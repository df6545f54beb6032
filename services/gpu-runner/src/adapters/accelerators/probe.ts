/** The port to a vendor's tool: what accelerators there are, what they do, how they are. */
import type { FoundAccelerator } from '../../core/accelerators/found-accelerator.ts';
import type { AcceleratorSample } from '../../core/accelerators/use.ts';

/** Something is wrong with an accelerator, in words. */
export interface AcceleratorFault {
  readonly uuid: string;
  readonly reason: string;
}

/** The vendor's tool gave no usable answer. Which accelerator is to blame cannot be said. */
export class ToolFailed extends Error {
  override readonly name = 'ToolFailed';
}

/** What is in the memory of an accelerator. */
export interface Occupancy {
  readonly uuid: string;
  readonly usedBytes: number;
  /** Processes on this host that are known to have something there. */
  readonly processes: ReadonlyArray<{ readonly pid: number; readonly usedBytes: number | null }>;
}

/** Every method may throw `ToolFailed`. */
export interface AcceleratorProbe {
  /** Asked once, at the start: the set does not change while a runner lives. */
  discover(): Promise<FoundAccelerator[]>;
  /** One look at these, all at the same time. Slices tell less than whole GPUs. */
  sample(uuids: readonly string[]): Promise<AcceleratorSample[]>;
  /** What the tool says is broken or gone. */
  health(known: readonly FoundAccelerator[]): Promise<AcceleratorFault[]>;
  /** Null where the tool cannot tell. */
  occupancy(uuid: string): Promise<Occupancy | null>;
}
