import { defineTool, failed, succeeded, type Tool } from '@modelwright/agent';
import { z } from 'zod';
import type { AggregatorSeat } from '../aggregator-seat.ts';
import type { BlendEstimates } from '../blend-estimate.ts';

export function blendPredictions(seat: AggregatorSeat, estimates: BlendEstimates): Tool {
  return defineTool({
    name: 'blend_predictions',
    description:
      'Chooses weights for the members named on their out-of-fold predictions. Answers JSON: weights, estimate (of the blend, cross-fitted), bestSingle {name, oof (the score of its training)}, chosenPerFold (cross-fitted too: what one member alone brings, in each fold the one that was best on the others), gain {improvement, standardError, gate, better} (of the blend against chosenPerFold; better: past the gate), correlation of their errors.',
    args: z.object({ members: z.array(z.string()).min(2).describe('ids of scored candidates') }),
    run: async ({ members }) => {
      const unknown = members.filter((name) =>
        seat.work.members.every(({ candidate }) => candidate !== name),
      );
      if (unknown.length > 0) return failed(`blend_predictions: no scored candidate ${unknown.join(', ')}`);
      return succeeded(JSON.stringify(await estimates.of(members)));
    },
  });
}
