/** The role: what an aggregator is told, what it can do, and what it leaves when its time is up. */
import type { CandidateRole } from '@modelwright/agent-host';
import { promptIn } from '@modelwright/agent-host';
import { aggregatorWork } from '@modelwright/contracts';
import type { AggregatorBrief } from '@modelwright/llm';
import { blendTemplateFolder } from '@modelwright/workspace';
import type { AggregatorSeat, AggregatorWork } from './aggregator-seat.ts';
import { BlendEstimates } from './blend-estimate.ts';
import { assembleBlend } from './tools/assemble-blend.ts';
import { blendPredictions } from './tools/blend-predictions.ts';
import { submitBlend } from './tools/submit-blend.ts';
import { submitSingle } from './tools/submit-single.ts';

export function aggregator(
  ports: Pick<AggregatorSeat, 'harness' | 'scores' | 'scratch'>,
): CandidateRole<AggregatorWork> {
  return {
    role: 'aggregator',
    work: aggregatorWork,
    prompt: promptIn(new URL('../../prompts/aggregator.md', import.meta.url)),
    files: 'candidate',
    begins: () => ({ kind: 'template', folder: blendTemplateFolder() }),
    compose: (given) => {
      const seat = { ...given, ...ports };
      const estimates = new BlendEstimates(seat);
      return Promise.resolve({
        brief: briefOf(seat),
        tools: [
          blendPredictions(seat, estimates),
          assembleBlend(seat, estimates),
          submitBlend(seat),
          submitSingle(seat),
        ],
      });
    },
  };
}

function briefOf({ assignment, work, card, cpus }: AggregatorSeat): AggregatorBrief {
  return {
    task: work.data.task,
    card,
    hardware: { cpus },
    role: 'aggregator',
    action: 'blend',
    seed: assignment.seed,
    candidate: assignment.candidate,
    insights: work.insights,
    members: work.members.map(({ candidate, plan, score, trained }) => ({
      candidate,
      plan,
      score,
      oof: trained.oof,
    })),
  };
}
