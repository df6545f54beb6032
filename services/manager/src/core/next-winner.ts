/** After a winner of which no model could be proved, the next best has its turn; without one the run fails. */
import type { Direction } from '@modelwright/contracts';
import { BLEND, type CandidateIn } from './candidate.ts';
import { endRun } from './end-run.ts';
import { byScore } from './ranking.ts';
import type { OpenRun, PhaseState } from './run-state.ts';
import { join, type Step, step } from './step.ts';
import { isEligible } from './trust.ts';

type Finishing = Extract<PhaseState, { name: 'refitting' | 'verifying' }>;

export function nextWinner(run: OpenRun, phase: Finishing, finding: string, now: number): Step {
  const { candidate, before } = phase.winner;
  const tried = new Set([...before, candidate]);
  const left = Object.values(run.candidates).filter(
    (one): one is CandidateIn<'scored'> => one.stage === 'scored' && !tried.has(one.id),
  );
  const next = best(left, phase.data.task.direction);
  if (next === null) return endRun(run, 'failed', finding, now);
  const reason = `the best of those left: ${candidate} could not be proved (${finding})`;
  return join([
    step(finding, []),
    step(`${next} is sealed as the winner: ${reason}`, [
      { type: 'winner-sealed', candidate: next, reason },
      { type: 'phase-entered', phase: 'refitting', at: now },
    ]),
  ]);
}

/** What is suspicious comes last; singles before a blend, which cannot be proved where one of its members cannot. */
function best(left: readonly CandidateIn<'scored'>[], toward: Direction): string | null {
  const [first] = left.toSorted(
    (one, other) =>
      Number(!isEligible(one)) - Number(!isEligible(other)) ||
      Number(one.id === BLEND) - Number(other.id === BLEND) ||
      byScore(one.score, other.score, toward),
  );
  return first?.id ?? null;
}
