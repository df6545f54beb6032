/** Asks the harness how members would do together, on their out-of-fold predictions. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PermanentFailure } from '@modelwright/bus';
import type { BlendAnswer } from '@modelwright/harness';
import type { AggregatorSeat } from '../aggregator-seat.ts';

export async function blendEstimate(seat: AggregatorSeat, names: readonly string[]): Promise<BlendAnswer> {
  const { harness, scratch, store, work } = seat;
  return await scratch.use('blend', async (folder) => {
    const train = join(folder, 'train');
    await store.getTree(work.data.datasets.train, train);
    const members = await Promise.all(
      work.members
        .filter(({ candidate }) => names.includes(candidate))
        .map(async ({ candidate, trained }) => {
          const oof = await store.getTreeFile(trained.output, 'oof.csv');
          if (oof === null) throw new PermanentFailure('missing-output', `${candidate} left no oof.csv`);
          const file = join(folder, `${candidate}.csv`);
          await writeFile(file, oof);
          return { name: candidate, oof: file };
        }),
    );
    const { task } = work.data;
    return await harness.blend({ metric: task.metric, task, train: join(train, 'train.csv'), members });
  });
}
