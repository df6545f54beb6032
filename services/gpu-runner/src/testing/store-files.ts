/** Small folders made of text, for tests. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Bus } from '@modelwright/bus';
import type { TreeRef } from '@modelwright/contracts';

/** A folder with these files, as a stored tree. */
export async function storeFiles(bus: Bus, parent: string, files: Record<string, string>): Promise<TreeRef> {
  const folder = await mkdtemp(join(parent, 'code-'));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const { kind, store, sha256, size } = await bus.store.putTree('artifacts', folder);
  await rm(folder, { recursive: true });
  return { kind, store, sha256, size };
}
