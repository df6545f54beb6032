/** A rule sees one thing that should happen next, or nothing. */
import type { OpenRun } from '../run-state.ts';
import type { Step } from '../step.ts';

export type Rule = (run: OpenRun, now: number) => Step | null;
