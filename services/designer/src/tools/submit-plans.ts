import { defineTool, failed, type Tool } from '@modelwright/agent';
import { plan } from '@modelwright/contracts';
import { z } from 'zod';
import type { DesignerWork } from '../designer.ts';

export function submitPlans({ count }: Pick<DesignerWork, 'count'>): Tool {
  return defineTool({
    name: 'submit_plans',
    ends: true,
    description: 'Hands over the plans, the most promising first, and ends the assignment.',
    args: z.object({ plans: z.array(plan).min(1) }),
    run: ({ plans }) => {
      const names = new Set(plans.map(({ name }) => name));
      if (plans.length > count) {
        return Promise.resolve(failed(`submit_plans: ${plans.length} plans, and ${count} wanted: choose`));
      }
      if (names.size < plans.length) {
        return Promise.resolve(
          failed('submit_plans: two plans have the same name: name what sets them apart'),
        );
      }
      const content = [...names].join(', ');
      return Promise.resolve({ kind: 'final', content, result: { role: 'designer', plans } });
    },
  });
}
