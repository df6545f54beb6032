/** What every action of the grader is given, and what it answers. */
import type { OofScores } from '@modelwright/agent-host';
import type { Bus } from '@modelwright/bus';
import type { Work, WorkResult } from '@modelwright/contracts';
import type { Harness } from '../../adapters/harness.ts';
import type { Scratch } from '../../adapters/scratch.ts';

export interface GraderPorts {
  readonly bus: Bus;
  readonly harness: Harness;
  readonly scores: OofScores;
  readonly scratch: Scratch;
}

export type GraderWork = Extract<Work, { role: 'grader' }>;
export type Of<Action extends GraderWork['action']> = Extract<GraderWork, { action: Action }>;
export type Graded = Extract<WorkResult, { role: 'grader' }>;

export const EMPTY: Graded = {
  role: 'grader',
  score: null,
  comparison: null,
  submission: null,
  diagnosis: null,
  agree: null,
  notes: [],
};
