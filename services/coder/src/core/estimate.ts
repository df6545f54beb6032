/** What a training will take, as its coder has measured it: the tuner plans by that. */
import type { Plan } from '@modelwright/contracts';
import { z } from 'zod';
import type { PassedCheck } from './check-report.ts';

export const estimate = z.object({
  seconds: z.number().positive().describe('a whole training: all folds and the final model'),
  basis: z.string().min(1).describe('how that was measured, such as "one fold of 4,000 rows took 12 s"'),
});
export type Estimate = z.infer<typeof estimate>;

/** The plan with what was measured among its resources. Without an estimate that is what the check took. */
export function measured(plan: Plan, { seconds }: PassedCheck, said: Estimate | undefined): Plan {
  const stated = plan.resources.trim().replace(/\.$/, '');
  const planned = stated === '' ? '' : `${stated}. `;
  const check = `its check on 100 rows took ${round(seconds)} s`;
  const all =
    said === undefined ? '' : `a whole training takes about ${round(said.seconds)} s (${said.basis}); `;
  return { ...plan, resources: `${planned}Measured: ${all}${check}.` };
}

const round = (seconds: number) => Number(seconds.toPrecision(2));
