/** Asks the harness how members would do together, on their out-of-fold predictions, and in which space they are joined. */
import { join } from 'node:path';
import type { BlendAnswer } from '@modelwright/harness';
import type { BlendReport } from '@modelwright/llm';
import { fetchGrader } from '../../adapters/grader-program.ts';
import { fetchOutput } from '../../adapters/program-output.ts';
import type { AggregatorSeat } from './aggregator-seat.ts';

export type Space = NonNullable<BlendAnswer['space']>;

export interface BlendEstimate {
  readonly report: BlendReport;
  /** The metric's own, whoever the members are. */
  readonly space: Space;
}

/** What `blend_predictions` and `assemble_blend` of one assignment ask: the space is asked for once. */
export class BlendEstimates {
  readonly #seat: AggregatorSeat;
  #space: Space | null = null;

  constructor(seat: AggregatorSeat) {
    this.#seat = seat;
  }

  async of(names: readonly string[]): Promise<BlendReport> {
    const { report, space } = await blendEstimate(this.#seat, names);
    this.#space = space;
    return report;
  }

  /** @param names Members to ask about where nobody has asked before, as after a restart. */
  async space(names: readonly string[]): Promise<Space> {
    if (this.#space === null) await this.of(names);
    return this.#space ?? 'linear';
  }
}

async function blendEstimate(seat: AggregatorSeat, names: readonly string[]): Promise<BlendEstimate> {
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
    return { report: reportOf(answer, work.members), space: answer.space ?? 'linear' };
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
