/** The task's own program that scores, where it has one: as `prepare` froze it, on this host. */
import { join } from 'node:path';
import type { ContentStore } from '@modelwright/bus';
import type { TreeRef } from '@modelwright/contracts';

/** As requests to the harness name it. */
export async function fetchGrader(
  store: ContentStore,
  grader: TreeRef | undefined,
  folder: string,
): Promise<{ grader?: string }> {
  if (grader === undefined) return {};
  const target = join(folder, 'grader');
  await store.getTree(grader, target);
  return { grader: target };
}
