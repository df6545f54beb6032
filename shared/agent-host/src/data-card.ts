/** The data card of a run, as agents are shown it. */
import { type ContentStore, PermanentFailure } from '@modelwright/bus';
import type { TreeRef } from '@modelwright/contracts';
import { z } from 'zod';

const card = z.record(z.string(), z.json());
export type DataCard = z.infer<typeof card>;

export async function readCard(store: ContentStore, ref: TreeRef): Promise<DataCard> {
  const bytes = await store.getTreeFile(ref, 'card.json');
  if (bytes === null) throw new PermanentFailure('missing-content', 'the prepared data has no card.json');
  return card.parse(JSON.parse(new TextDecoder().decode(bytes)));
}
