/** The memory node of the host that a device on the bus is nearest to. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Null where there is one node only, or nobody says. `root` is `/` but in tests. */
export async function numaNode(root: string, pci: string | null): Promise<number | null> {
  if (pci === null) return null;
  const text = await readFile(join(root, 'sys/bus/pci/devices', pci, 'numa_node'), 'utf8').catch(() => '');
  const node = Number.parseInt(text, 10);
  return Number.isNaN(node) || node < 0 ? null : node;
}
