/** Which jobs there is room for. One slot beyond the ordinary ones takes short jobs only. */
import type { JobPriority } from '@modelwright/contracts';

export type SlotKind = 'ordinary' | 'reserved';

export interface Occupant {
  readonly job: string;
  readonly slot: SlotKind;
}

/** The slot a job of this priority would take now; null when there is none. */
export function slotFor(
  priority: JobPriority,
  occupants: readonly Occupant[],
  ordinary: number,
): SlotKind | null {
  const reservedFree = !occupants.some((occupant) => occupant.slot === 'reserved');
  if (priority === 'high' && reservedFree) return 'reserved';
  return occupants.filter((occupant) => occupant.slot === 'ordinary').length < ordinary ? 'ordinary' : null;
}

/** The priorities to ask for now, most urgent first; none when every slot is taken. */
export function wanted(occupants: readonly Occupant[], ordinary: number): JobPriority[] {
  const order: JobPriority[] = ['high', 'normal', 'low'];
  return order.filter((priority) => slotFor(priority, occupants, ordinary) !== null);
}

/**
 * The slot of a job that already runs, found at the start: it has one even when slots have become fewer, so that no
 * running program is ended by a change of configuration.
 */
export function slotOfAdopted(
  priority: JobPriority,
  occupants: readonly Occupant[],
  ordinary: number,
): SlotKind {
  return slotFor(priority, occupants, ordinary) ?? 'ordinary';
}
