/**
 * Whether the model trained on all labelled rows says what the scored model says, as far as two fits of one recipe do.
 *
 * Compared are their predictions of rows without labels, and, where the refit cross-validated again, its out-of-fold score.
 */
import { join } from 'node:path';
import type { TreeRef } from '@modelwright/contracts';
import { fetchGrader } from '../../adapters/grader-program.ts';
import { fetchOptional, fetchOutput } from '../../adapters/program-output.ts';
import { EMPTY, type Graded, type GraderPorts, type Of } from './ports.ts';

export async function compareModels(
  { bus, harness }: GraderPorts,
  folder: string,
  work: Of<'agreement'>,
): Promise<Graded> {
  const { store } = bus;
  const fetched = (from: TreeRef, name: string, to: string) =>
    fetchOutput(store, from, name, join(folder, to));
  const refitOof = await fetchOptional(store, work.refit, 'oof.csv', join(folder, 'refit-oof.csv'));
  const { train, all } = work.data.datasets;
  const found = await harness.agreement({
    task: work.data.task,
    metric: work.data.task.metric,
    train: await fetched(train, 'train.csv', 'train.csv'),
    oof: await fetched(work.trained, 'oof.csv', 'oof.csv'),
    ...(work.scored === null || work.refitted === null
      ? {}
      : {
          scored: await fetched(work.scored, 'predictions.csv', 'scored.csv'),
          refitted: await fetched(work.refitted, 'predictions.csv', 'refitted.csv'),
        }),
    ...(refitOof === null ? {} : { all: await fetched(all, 'train.csv', 'all.csv'), refitOof }),
    seen: work.seen,
    ...(await fetchGrader(store, work.data.grader, folder)),
  });
  return { ...EMPTY, agree: found.agree, notes: found.notes };
}
