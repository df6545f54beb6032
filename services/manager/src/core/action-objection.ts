/** Why an action of the manager model cannot be carried out, by the candidates it names; null where it can be. */
import type { ManagerAction } from '@modelwright/contracts';
import { BLEND, type Candidate, FLOOR, versionOf } from './candidate.ts';
import { isBelieved } from './trust.ts';

type Candidates = Readonly<Record<string, Candidate>>;

export function actionObjection(candidates: Candidates, action: ManagerAction): string | null {
  switch (action.kind) {
    case 'propose':
    case 'stop':
      return null;
    case 'revise':
      return planless(candidates, action.candidate);
    case 'combine':
      if (action.candidate === action.partner) return 'it takes two different candidates';
      return (
        planless(candidates, action.candidate) ??
        planless(candidates, action.partner) ??
        disbelieved(candidates, action.candidate) ??
        disbelieved(candidates, action.partner)
      );
    case 'fix':
      return codeless(candidates, action.candidate);
    case 'tune':
      return codeless(candidates, action.candidate) ?? disbelieved(candidates, action.candidate);
    case 'prune':
      return unprunable(candidates, action.candidate);
  }
}

function planless(candidates: Candidates, id: string): string | null {
  return id !== BLEND && candidates[id]?.plan ? null : `there is no ${id} with a plan`;
}

function codeless(candidates: Candidates, id: string): string | null {
  const found = id === BLEND ? undefined : candidates[id];
  return found?.plan && versionOf(found) !== null ? null : `there is no ${id} with code`;
}

/** It may be mended; more of the same would be worth no more. */
function disbelieved(candidates: Candidates, id: string): string | null {
  const found = candidates[id];
  const isDoubted = found?.stage === 'scored' && !isBelieved(found);
  return isDoubted ? `${id} is suspicious, and its score not to be believed: fix it first` : null;
}

function unprunable(candidates: Candidates, id: string): string | null {
  const found = id === BLEND ? undefined : candidates[id];
  if (found === undefined) return `there is no ${id}`;
  if (found.stage === 'dropped') return `${id} is dropped already`;
  return id === FLOOR ? 'the floor stays' : null;
}
