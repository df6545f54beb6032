/** What a program is told about its accelerators. A program that holds none is told that there are none. */
import type { FoundAccelerator } from './found-accelerator.ts';

type Named = Pick<FoundAccelerator, 'uuid' | 'vendor'>;

export function acceleratorVariables(accelerators: readonly Named[]): Record<string, string> {
  const of = (vendor: Named['vendor']) =>
    accelerators
      .filter((one) => one.vendor === vendor)
      .map((one) => one.uuid)
      .join(',');
  const amd = of('amd');
  return {
    MW_ACCELERATORS: String(accelerators.length),
    CUDA_DEVICE_ORDER: 'PCI_BUS_ID',
    ROCR_VISIBLE_DEVICES: amd,
    // HIP obeys this one too, and counts among what the line above has left: nothing, when it is empty.
    ...(amd === '' ? { CUDA_VISIBLE_DEVICES: of('nvidia') } : {}),
  };
}
