/** What `check_candidate` says. */
import { z } from 'zod';
import { readAnswer, type Step } from '../steps.ts';

const report = z.object({
  passed: z.boolean(),
  problems: z.array(z.object({ where: z.string(), message: z.string() })).catch([]),
  outcome: z.string().catch('failed'),
  reason: z.string().catch(''),
  stderr: z.string().catch(''),
});
export type CheckReport = z.infer<typeof report>;

/** A check that could not be run, or whose answer cannot be read, is one that failed for that reason. */
export function checkReport(step: Step): CheckReport {
  const read = step.failed ? null : readAnswer(step, report);
  return read ?? { passed: false, problems: [], outcome: 'unreadable', reason: step.content, stderr: '' };
}

export function saying({ problems, outcome, reason }: CheckReport): string {
  const first = problems[0];
  return first === undefined ? `${outcome}: ${reason}` : `${first.where}: ${first.message}`;
}
