/** A host without accelerators, or one whose accelerators are not to be used. */
import type { AcceleratorProbe } from './probe.ts';

export const noAccelerators: AcceleratorProbe = {
  discover: () => Promise.resolve([]),
  sample: () => Promise.resolve([]),
  health: () => Promise.resolve([]),
  occupancy: () => Promise.resolve(null),
};
