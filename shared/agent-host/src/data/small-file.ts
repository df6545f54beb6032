/** A text file out of what a program left: never more than is expected of it, whatever it wrote. */
import type { ContentStore } from '@modelwright/bus';
import type { TreeRef } from '@modelwright/contracts';

const MOST_BYTES = 1024 * 1024;

/** Null when there is no such file, when it is larger than 1 MiB, or not UTF-8. */
export async function smallFile(store: ContentStore, tree: TreeRef, path: string): Promise<string | null> {
  const { files } = await store.readManifest(tree);
  const entry = files.find((file) => file.path === path);
  if (entry === undefined || entry.size > MOST_BYTES) return null;
  const bytes = await store.getTreeFile(tree, path);
  if (bytes === null) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
