/** The data card of a run, as agents are shown it. */
import { type ContentStore, PermanentFailure } from '@modelwright/bus';
import type { TreeRef } from '@modelwright/contracts';
import { z } from 'zod';
import { Remembered } from '../remember.ts';

const card = z.record(z.string(), z.json());
export type DataCard = z.infer<typeof card>;

const MOST_REMEMBERED = 50;

export type ReadCard = (ref: TreeRef) => Promise<DataCard>;

export function cardReader(store: ContentStore): ReadCard {
  const remembered = new Remembered<DataCard>(MOST_REMEMBERED);
  return (ref) => remembered.get(ref.sha256, () => read(store, ref));
}

async function read(store: ContentStore, ref: TreeRef): Promise<DataCard> {
  const bytes = await store.getTreeFile(ref, 'card.json');
  if (bytes === null) throw new PermanentFailure('missing-content', 'the prepared data has no card.json');
  return card.parse(JSON.parse(new TextDecoder().decode(bytes)));
}
