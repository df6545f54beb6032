/** One of those that may win, looked at more closely: by trainings that saw less than its own. */
import { join } from 'node:path';
import { fetchGrader } from '../../adapters/grader-program.ts';
import { fetchOptional, fetchOutput } from '../../adapters/program-output.ts';
import { reasonsOf, trustOf } from '../../core/trust.ts';
import { orUnmade } from './or-unmade.ts';
import { EMPTY, type Graded, type GraderPorts, type Of } from './ports.ts';

export async function auditCandidate(
  { bus, harness }: GraderPorts,
  folder: string,
  work: Of<'audit'>,
): Promise<Graded> {
  const { store } = bus;
  const { data } = work;
  const at = (name: string) => join(folder, name);
  const oof = await fetchOptional(store, work.trained, 'oof.csv', at('oof.csv'));
  const fold =
    work.fold === null ? null : await fetchOptional(store, work.fold, 'predictions.csv', at('fold.csv'));
  const shuffled =
    work.shuffled === null
      ? null
      : await fetchOptional(store, work.shuffled, 'oof.csv', at('shuffled-oof.csv'));
  if (oof === null) {
    const reasons = [...work.reasons, 'audit: the training left no oof.csv'];
    return { ...EMPTY, findings: work.findings, trust: trustOf(work.findings, reasons) };
  }
  await store.getTree(data.truth, at('truth'));
  const { metric } = data.task;
  const train = await fetchOutput(store, data.datasets.train, 'train.csv', at('train.csv'));
  const dealt =
    data.shuffled === undefined
      ? null
      : await fetchOptional(store, data.shuffled, 'train.csv', at('shuffled.csv'));
  const grader = await fetchGrader(store, data.grader, folder);
  const decision = await harness.decide({ metric, task: data.task, train, oof, ...grader });
  const { findings, unmade } = await orUnmade('audit', async () =>
    harness.audit({
      metric,
      task: data.task,
      decision,
      oof,
      train,
      ...grader,
      ...(fold === null ? {} : { fold: { truth: join(at('truth'), 'audit.csv'), predictions: fold } }),
      ...(shuffled === null || dealt === null ? {} : { shuffled: { train: dealt, oof: shuffled } }),
    }),
  );
  const all = [...work.findings, ...findings];
  return { ...EMPTY, findings: all, trust: trustOf(all, [...work.reasons, ...reasonsOf(unmade, data)]) };
}
