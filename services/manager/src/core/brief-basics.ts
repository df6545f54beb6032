/** What agents are told whatever they do: what the run has learned, and what the task allows. */
import type { Task } from '@modelwright/contracts';
import type { OpenRun } from './run-state.ts';

const MOST_CHARACTERS = 8000;

export function basicsOf(run: OpenRun): {
  insights: string[];
  constraints?: NonNullable<Task['constraints']>;
} {
  const constraints = run.task?.constraints;
  return { insights: insightsOf(run), ...(constraints === undefined ? {} : { constraints }) };
}

/** The newest, oldest first, as many as fit. */
export function insightsOf({ insights }: OpenRun): string[] {
  const kept: string[] = [];
  let size = 0;
  for (const insight of insights.toReversed()) {
    size += insight.length;
    if (size > MOST_CHARACTERS) break;
    kept.unshift(insight);
  }
  return kept;
}
