/** What a designer is shown of the candidates so far. */
import type { BoardEntry } from '@modelwright/contracts';
import type { Candidate } from './candidate.ts';
import type { OpenRun } from './run-state.ts';

export function board(run: OpenRun): BoardEntry[] {
  return Object.values(run.candidates).flatMap((candidate) => {
    const entry = entryOf(candidate);
    return entry === null ? [] : [entry];
  });
}

function entryOf(candidate: Candidate): BoardEntry | null {
  if (candidate.plan === null) return null;
  const base = { candidate: candidate.id, plan: candidate.plan, state: candidate.stage };
  const nothing = { score: null, oof: null, seconds: null, diagnosis: null };
  switch (candidate.stage) {
    case 'scored':
      return {
        ...base,
        score: candidate.score,
        oof: candidate.trained.oof,
        seconds: candidate.trained.seconds,
        diagnosis: candidate.diagnosis,
      };
    case 'trained':
    case 'predicting':
    case 'predicted':
    case 'grading':
      return { ...base, ...nothing, oof: candidate.trained.oof, seconds: candidate.trained.seconds };
    case 'dropped':
      return { ...base, ...nothing, diagnosis: candidate.reason };
    case 'planned':
    case 'implementing':
    case 'implemented':
    case 'tuning':
    case 'broken':
      return { ...base, ...nothing };
  }
}
