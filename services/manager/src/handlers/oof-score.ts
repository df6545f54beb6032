/** The out-of-fold score of an output, by the harness. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Score, TreeRef } from '@modelwright/contracts';
import { exactScore } from '../adapters/harness.ts';
import type { AggregatorSeat } from '../aggregator-seat.ts';

/** Null when the output holds none that can be scored. */
export async function oofScore(seat: AggregatorSeat, output: TreeRef): Promise<Score | null> {
  const { harness, scratch, store, work } = seat;
  const oof = await store.getTreeFile(output, 'oof.csv');
  if (oof === null) return null;
  return await scratch.use('oof', async (folder) => {
    const train = join(folder, 'train');
    await store.getTree(work.data.datasets.train, train);
    const file = join(folder, 'oof.csv');
    await writeFile(file, oof);
    const { task } = work.data;
    return exactScore(
      await harness.oof({ metric: task.metric, task, train: join(train, 'train.csv'), oof: file }),
    );
  });
}
