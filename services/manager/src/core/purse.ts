/**
 * What an assignment is granted: twice its share of what is free, where the shares of all that is still to be done count
 * one whole. Most spend far less than they are granted, and what they leave is shared out again; nothing is ever granted
 * that is not free.
 */
import type { AgentRoleName, Grant } from '@modelwright/contracts';
import { FLOOR } from './candidate.ts';
import { freeOf, reservedOf } from './ledger.ts';
import { plannedBesidesFloor } from './portfolio.ts';
import type { OpenRun } from './run-state.ts';

/** What an assignment of the role costs beside the others, roughly. */
const WEIGHTS: Readonly<Record<AgentRoleName, number>> = {
  setup: 3,
  manager: 1,
  designer: 3,
  coder: 4,
  tuner: 3,
  aggregator: 2,
};
const CANDIDATE = WEIGHTS.coder + WEIGHTS.tuner + WEIGHTS.manager;
const OVERBOOKING = 2;
/** A smaller part of the cap is not worth beginning with; a larger one is more than one agent gone astray may cost. */
const LEAST_SHARE = 0.01;
const MOST_SHARE = 0.25;

export type Purse =
  | { readonly kind: 'granted'; readonly grant: Pick<Grant, 'microUsd' | 'tokens'> }
  /** What others hold may come back. */
  | { readonly kind: 'later' }
  | { readonly kind: 'empty' };

export function purseFor(run: OpenRun, role: AgentRoleName): Purse {
  const { ledger } = run;
  const free = freeOf(ledger);
  const least = Math.max(Math.ceil(LEAST_SHARE * ledger.capMicroUsd), 2 * ledger.tooSmall);
  const leastTokens = ledger.capTokens === null ? 0 : Math.max(1, Math.ceil(LEAST_SHARE * ledger.capTokens));
  if (free.microUsd < least || (free.tokens !== null && free.tokens < leastTokens)) {
    const held = reservedOf(ledger);
    return held.microUsd > 0 || held.tokens > 0 ? { kind: 'later' } : { kind: 'empty' };
  }
  const share = (OVERBOOKING * WEIGHTS[role]) / Math.max(WEIGHTS[role], weightLeft(run));
  const part = (of: number, cap: number, atLeast: number) =>
    Math.min(of, Math.max(atLeast, Math.floor(Math.min(share * of, MOST_SHARE * cap))));
  return {
    kind: 'granted',
    grant: {
      microUsd: part(free.microUsd, ledger.capMicroUsd, least),
      tokens:
        free.tokens === null || ledger.capTokens === null
          ? null
          : part(free.tokens, ledger.capTokens, leastTokens),
    },
  };
}

/** Whether nothing can be granted any more, whatever comes back. */
export function isSpent(run: OpenRun): boolean {
  return purseFor(run, 'manager').kind === 'empty';
}

/** Of all that is likely still to be done and holds no grant yet. */
function weightLeft(run: OpenRun): number {
  const toCome = run.stopped === null ? run.submitted.budget.candidates - plannedBesidesFloor(run) : 0;
  const begun = Object.values(run.candidates).reduce((sum, one) => sum + weightOf(one), 0);
  return begun + Math.max(0, toCome) * CANDIDATE + WEIGHTS.designer + WEIGHTS.aggregator;
}

function weightOf({ id, stage }: OpenRun['candidates'][string]): number {
  if (id === FLOOR) return 0;
  switch (stage) {
    case 'planned':
    case 'broken':
      return CANDIDATE;
    case 'implementing':
    case 'implemented':
      return WEIGHTS.tuner + WEIGHTS.manager;
    case 'tuning':
    case 'trained':
    case 'predicting':
    case 'predicted':
    case 'grading':
      return WEIGHTS.manager;
    case 'scored':
    case 'dropped':
      return 0;
  }
}
