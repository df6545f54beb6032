/** Steps one after another, each decided in view of what the former made of the run. */
import { foldRecord } from './fold.ts';
import type { OpenRun } from './run-state.ts';
import { join, type Step } from './step.ts';

export function inTurn(run: OpenRun, parts: readonly ((run: OpenRun) => Step)[]): Step {
  const made: Step[] = [];
  let current = run;
  for (const part of parts) {
    const next = part(current);
    made.push(next);
    const folded = foldRecord(current, next);
    if (folded.stage !== 'open') break;
    current = folded;
  }
  return join(made);
}
