/** Where a training runs: what its version wants, met with what the farm has. */
import type { Hardware } from '../messages/assignment.ts';
import type { Job } from '../messages/job.ts';
import type { Version } from './version.ts';

/** Host memory that a training gets for each accelerator: what feeds it wants to be read ahead. */
const BYTES_EACH = 16 * 2 ** 30;

export interface Placement {
  readonly class: Job['class'];
  readonly accelerators: Job['accelerators'];
  /** Null: as on processors. */
  readonly memoryBytes: number | null;
}

const ON_PROCESSORS: Placement = { class: 'cpu', accelerators: null, memoryBytes: null };

/** On as many accelerators as the version wants, or as one host has; on processors where it wants none or there are none. */
export function trainingPlacement(
  { accelerators }: Pick<Version, 'accelerators'>,
  hardware: Hardware | undefined,
): Placement {
  const most = Math.max(0, ...(hardware?.accelerators ?? []).map((one) => one.count));
  const count = Math.min(accelerators ?? 0, most);
  if (count === 0) return ON_PROCESSORS;
  return {
    class: 'gpu',
    accelerators: { count, memoryBytes: null, shared: false },
    memoryBytes: BYTES_EACH * count,
  };
}
