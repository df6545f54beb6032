/** A GPU, or a slice of one, as a vendor's tool describes it. */
export interface FoundAccelerator {
  readonly uuid: string;
  readonly index: number;
  readonly vendor: 'nvidia' | 'amd';
  readonly model: string;
  readonly memoryBytes: number;
  readonly driver: string;
  /** The GPU that this is a slice of. */
  readonly parent: string | null;
  /** Where it sits on the bus, such as `0000:3b:00.0`; what the kernel calls it in its log. */
  readonly pci: string | null;
  /** The memory node of the host that is nearest to it. */
  readonly numaNode: number | null;
  /** On the host; those shared by all of its kind included. */
  readonly deviceFiles: readonly string[];
}
