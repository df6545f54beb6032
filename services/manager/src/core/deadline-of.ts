/** When a step of a candidate must be done: by a language model in its share of the time, by the playbook in all that is left. */
import { FLOOR } from './candidate.ts';
import type { OpenRun } from './run-state.ts';
import { isPlayedByModels } from './terms.ts';
import { handoverDeadline, stepDeadline } from './time.ts';

export function deadlineOf(run: OpenRun, role: 'coder' | 'tuner', candidate: string, now: number): number {
  const hasAll = candidate === FLOOR || !isPlayedByModels(run, role);
  return hasAll ? handoverDeadline(run) : stepDeadline(run, role, now);
}
