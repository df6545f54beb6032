/** Who may open the device files of accelerators. */
import { stat } from 'node:fs/promises';
import type { HeldAccelerator } from '../../handlers/executor.ts';

/** The groups of the files that are mounted one by one; NVIDIA's are opened to everybody by their own driver. */
export async function groupsOf(accelerators: readonly HeldAccelerator[]): Promise<number[]> {
  const files = accelerators.filter(({ vendor }) => vendor === 'amd').flatMap((held) => held.deviceFiles);
  const groups = await Promise.all(files.map(async (file) => (await stat(file)).gid));
  return [...new Set(groups)].filter((gid) => gid !== 0);
}
