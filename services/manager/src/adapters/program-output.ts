/** Files out of what a program left: never more than is expected of it, whatever it wrote. */
import { writeFile } from 'node:fs/promises';
import { type ContentStore, PermanentFailure } from '@modelwright/bus';
import type { TreeRef } from '@modelwright/contracts';

/** Predictions of ten million rows fit. */
const MOST_BYTES = 512 * 2 ** 20;

/**
 * Writes one file of the output to `target`, readable for others: the harness runs as a user of its own.
 * @throws PermanentFailure when there is none, or when it is too large.
 */
export async function fetchOutput(
  store: ContentStore,
  output: TreeRef,
  path: string,
  target: string,
): Promise<string> {
  const fetched = await fetchOptional(store, output, path, target);
  if (fetched === null) throw new PermanentFailure('missing-output', `the program left no ${path}`);
  return fetched;
}

/** Null when there is none. */
export async function fetchOptional(
  store: ContentStore,
  output: TreeRef,
  path: string,
  target: string,
): Promise<string | null> {
  const { files } = await store.readManifest(output);
  const entry = files.find((file) => file.path === path);
  if (entry === undefined) return null;
  if (entry.size > MOST_BYTES) {
    throw new PermanentFailure('large-output', `${path} has ${entry.size} bytes, more than can be judged`);
  }
  const bytes = await store.getTreeFile(output, path);
  if (bytes === null) return null;
  await writeFile(target, bytes, { mode: 0o644 });
  return target;
}

/** Of all files in the folder `model` of what a training left. */
export async function modelBytes(store: ContentStore, output: TreeRef): Promise<number> {
  const { files } = await store.readManifest(output);
  return files.reduce((sum, { path, size }) => (path.startsWith('model/') ? sum + size : sum), 0);
}
