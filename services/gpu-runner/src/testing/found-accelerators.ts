/** Accelerators as a probe finds them, for tests of what is decided about them. */
import type { FoundAccelerator } from '../core/accelerators/found-accelerator.ts';

export function foundAccelerator(index: number, change: Partial<FoundAccelerator> = {}): FoundAccelerator {
  return {
    uuid: `GPU-${index}`,
    index,
    vendor: 'nvidia',
    model: 'NVIDIA H100 80GB HBM3',
    memoryBytes: 80 * 2 ** 30,
    driver: '550.54.15',
    parent: null,
    pci: `0000:${(0x10 + index).toString(16)}:00.0`,
    numaNode: null,
    deviceFiles: [`/dev/nvidia${index}`, '/dev/nvidiactl'],
    ...change,
  };
}
