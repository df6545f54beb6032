import { defineTool, failed, type Tool } from '@modelwright/agent';
import { plan } from '@modelwright/contracts';
import { z } from 'zod';
import { objectionTo, onAxes } from '../core/portfolio.ts';
import type { DesignerWork } from '../designer.ts';

const args = z.object({
  plans: z.array(plan).min(1),
  axes: z
    .array(
      z.object({
        axis: z.string().min(1).describe('such as family of models, or view of the data'),
        positions: z.record(z.string(), z.string().min(1)).describe('of every plan, by its name'),
      }),
    )
    .optional()
    .describe('for a portfolio: the respects in which the plans differ, and where each plan stands'),
  baseline: z
    .string()
    .optional()
    .describe('for a portfolio: the name of the plan that is a classical baseline, hard to get wrong'),
  missing: z
    .string()
    .optional()
    .describe('after the portfolio: what the board lacks or gets wrong, that these plans bring'),
});

export function submitPlans(work: Pick<DesignerWork, 'action' | 'count' | 'board'>): Tool {
  return defineTool({
    name: 'submit_plans',
    ends: true,
    // The same for every designer of a run: providers keep what all requests begin with.
    description:
      'Hands over the plans, the most promising first, and ends the assignment: at most `count`; a portfolio with ' +
      '`axes` and `baseline`, later plans with `missing`.',
    args,
    run: (submission) => {
      const objection = objectionTo(submission, work);
      if (objection !== null) return Promise.resolve(failed(`submit_plans: ${objection}`));
      const plans = submission.plans.map((one) => onAxes(one, submission));
      const names = plans.map(({ name }) => name).join(', ');
      const { missing } = submission;
      const content = missing === undefined ? names : `${names}; missing so far: ${missing}`;
      return Promise.resolve({ kind: 'final', content, result: { role: 'designer', plans } });
    },
  });
}
