/** What a program is told about its accelerators. A program that holds none is told that there are none. */
import type { FoundAccelerator } from './found-accelerator.ts';

type Named = Pick<FoundAccelerator, 'uuid' | 'vendor'>;

export function acceleratorVariables(accelerators: readonly Named[]): Record<string, string> {
  const of = (vendor: Named['vendor']) =>
    accelerators.filter((one) => one.vendor === vendor).map((one) => one.uuid);
  const amd = of('amd');
  // One without an id of its own cannot be named: its device files alone say which one it is.
  const nameable = amd.every((uuid) => uuid.startsWith('GPU-'));
  return {
    MW_ACCELERATORS: String(accelerators.length),
    CUDA_DEVICE_ORDER: 'PCI_BUS_ID',
    ...(nameable ? { ROCR_VISIBLE_DEVICES: amd.join(',') } : {}),
    // HIP obeys this one too, and counts among what the line above has left: nothing, when it is empty.
    ...(amd.length === 0 ? { CUDA_VISIBLE_DEVICES: of('nvidia').join(',') } : {}),
  };
}
