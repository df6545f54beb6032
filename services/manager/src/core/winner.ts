/** What the rules of the last phases need of the winner. */
import type { PreparedData, TreeRef } from '@modelwright/contracts';
import type { CandidateIn } from './candidate.ts';
import { outputOf } from './round-jobs.ts';
import type { OpenRun, PhaseState, Winner } from './run-state.ts';
import { jobId } from './submit.ts';

type Finishing = Extract<PhaseState, { name: 'refitting' | 'verifying' }>;

export interface Sealed {
  readonly phase: Finishing;
  readonly winner: Winner;
  readonly candidate: CandidateIn<'scored'>;
}

/** The sealed winner while the run is in the phase named, else null. */
export function sealed<Name extends Finishing['name']>(
  run: OpenRun,
  name: Name,
): (Sealed & { readonly phase: Extract<Finishing, { name: Name }> }) | null {
  const { phase } = run;
  if (!isPhase(phase, name)) return null;
  const candidate = run.candidates[phase.winner.candidate];
  return candidate?.stage === 'scored' ? { phase, winner: phase.winner, candidate } : null;
}

function isPhase<Name extends Finishing['name']>(
  phase: PhaseState,
  name: Name,
): phase is Extract<Finishing, { name: Name }> {
  return phase.name === name;
}

/** What the scored model has predicted before: of the proof rows, and of the test rows; null where it has not. */
export function predictedByScored(
  run: OpenRun,
  { phase, candidate }: Sealed,
): { readonly proof: TreeRef | null; readonly test: TreeRef | null } {
  const { datasets, rounds } = phase.data;
  const held = outputOf(run.jobs[jobId(run, candidate.id, 'holdout-rows', 1)]);
  // In rounds the rows to be scored were predicted by other models.
  const score = rounds === undefined ? candidate.predictions : null;
  return { proof: datasets.holdout === null ? score : held, test: candidate.test };
}

/** Rows on which the deliverable must reproduce its record: the holdout, or the score rows where there is none. */
export function proofRows(data: PreparedData): TreeRef {
  return data.datasets.holdout ?? data.datasets.score;
}
