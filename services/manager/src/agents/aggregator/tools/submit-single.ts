import { defineTool, failed, type Tool } from '@modelwright/agent';
import { z } from 'zod';
import type { AggregatorSeat } from '../aggregator-seat.ts';

export function submitSingle(seat: AggregatorSeat): Tool {
  return defineTool({
    name: 'submit_single',
    ends: true,
    description:
      'Ends the assignment without a blend. What is delivered then is the candidate that the harness scored best; `candidate` says which one you hold for the best.',
    args: z.object({ candidate: z.string(), reason: z.string().min(1).describe('in numbers') }),
    run: ({ candidate, reason }) =>
      Promise.resolve(
        seat.work.members.some((member) => member.candidate === candidate)
          ? { kind: 'final', content: reason, result: { role: 'aggregator', blend: null, reason } }
          : failed(`submit_single: there is no scored candidate ${candidate}`),
      ),
  });
}
