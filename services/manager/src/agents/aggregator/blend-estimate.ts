/** Asks the harness how members would do together, on their out-of-fold predictions. */
import { join } from 'node:path';
import type { BlendAnswer } from '@modelwright/harness';
import type { BlendReport } from '@modelwright/llm';
import { fetchGrader } from '../../adapters/grader-program.ts';
import { fetchOutput } from '../../adapters/program-output.ts';
import type { AggregatorSeat } from './aggregator-seat.ts';

export async function blendEstimate(seat: AggregatorSeat, names: readonly string[]): Promise<BlendReport> {
  const { harness, scratch, store, work } = seat;
  return await scratch.use('blend', async (folder) => {
    const train = join(folder, 'train');
    await store.getTree(work.data.datasets.train, train);
    const members = await Promise.all(
      work.members
        .filter(({ candidate }) => names.includes(candidate))
        .map(async ({ candidate, trained }) => {
          const target = join(folder, `${candidate}.csv`);
          const oof = await fetchOutput(store, trained.output, 'oof.csv', target);
          return { name: candidate, oof };
        }),
    );
    const { task, oofGrader } = work.data;
    const answer = await harness.blend({
      metric: task.metric,
      task,
      train: join(train, 'train.csv'),
      members,
      ...(await fetchGrader(store, oofGrader, folder)),
    });
    return reportOf(answer, work.members);
  });
}

function reportOf(answer: BlendAnswer, members: AggregatorSeat['work']['members']): BlendReport {
  const { weights, estimate, bestSingle, gain, correlation } = answer;
  const { name, estimate: single } = bestSingle;
  const best = members.find(({ candidate }) => candidate === name);
  return {
    weights,
    estimate: { value: estimate.score, standardError: estimate.standardError },
    bestSingle: { name, oof: best?.trained.oof.value ?? single.score },
    chosenPerFold: { value: single.score, standardError: single.standardError },
    gain: {
      improvement: gain.improvement,
      standardError: gain.standardError,
      gate: gain.gate,
      better: gain.better,
    },
    correlation,
  };
}
