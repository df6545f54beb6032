/**
 * What of this host a job takes beside accelerators: a slot, and memory.
 *
 * One slot beyond the ordinary ones takes short jobs only. A job with accelerators takes none: those are what limits
 * it, and jobs on processors must not keep them idle.
 */
import type { Job, JobPriority } from '@modelwright/contracts';

/** `none`: it only passes through, without a program. */
export type SlotKind = 'ordinary' | 'reserved' | 'accelerated' | 'none';

export interface Occupant {
  readonly job: string;
  readonly slot: SlotKind;
  readonly memoryBytes: number;
}

/** What of a job its slot depends on. */
export type Wish = Pick<Job, 'priority' | 'accelerators'>;

/** The slot that such a job would take now; null when there is none. */
export function slotFor(job: Wish, occupants: readonly Occupant[], ordinary: number): SlotKind | null {
  return job.accelerators === null ? processorSlot(job.priority, occupants, ordinary) : 'accelerated';
}

/**
 * The slot of a job that already runs, found at the start: it has one even when slots have become fewer, so that no
 * running program is ended by a change of configuration.
 */
export function slotOfAdopted(job: Wish, occupants: readonly Occupant[], ordinary: number): SlotKind {
  return slotFor(job, occupants, ordinary) ?? 'ordinary';
}

/** The priorities to ask for now on behalf of processors, most urgent first; none when every slot is taken. */
export function wanted(occupants: readonly Occupant[], ordinary: number): JobPriority[] {
  const order: JobPriority[] = ['high', 'normal', 'low'];
  return order.filter((priority) => processorSlot(priority, occupants, ordinary) !== null);
}

/** Whether the memory is there. The only job of a host always gets what it asks for, within the limit of one job. */
export function hasMemory(bytes: number, occupants: readonly Occupant[], most: number): boolean {
  const taken = occupants.reduce((sum, occupant) => sum + occupant.memoryBytes, 0);
  return occupants.length === 0 || taken + bytes <= most;
}

function processorSlot(
  priority: JobPriority,
  occupants: readonly Occupant[],
  ordinary: number,
): SlotKind | null {
  const reservedFree = !occupants.some((occupant) => occupant.slot === 'reserved');
  if (priority === 'high' && reservedFree) return 'reserved';
  return occupants.filter((occupant) => occupant.slot === 'ordinary').length < ordinary ? 'ordinary' : null;
}
