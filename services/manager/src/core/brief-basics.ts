/** What agents are told whatever they do: what the run has learned, what the task allows, how long a training may take. */
import type { Task } from '@modelwright/contracts';
import type { OpenRun } from './run-state.ts';
import { trialSeconds } from './time.ts';

const MOST_CHARACTERS = 8000;

export function basicsOf(run: OpenRun): {
  insights: string[];
  constraints?: NonNullable<Task['constraints']>;
  secondsPerTrial: number;
} {
  const constraints = run.task?.constraints;
  const basics = { insights: insightsOf(run), secondsPerTrial: trialSeconds(run) };
  return constraints === undefined ? basics : { ...basics, constraints };
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
