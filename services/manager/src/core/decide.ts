/**
 * A run's decision: `(state, message, now) → { events, effects, reason }`.
 *
 * First the message is taken for what it says (`react`), then the rules are asked, one after another and again from
 * the first, what follows from the state that results, until none has anything to add. A decision that changes nothing
 * is null: it leaves no record.
 */
import type { InboxMessage } from '@modelwright/contracts';
import { foldRecord } from './fold.ts';
import { react } from './react/react.ts';
import { RULES } from './rules/rules.ts';
import type { RunState } from './run-state.ts';
import { isNothing, join, type Step } from './step.ts';

/** More steps than any decision takes; reaching it is a fault in the rules. */
const MOST_STEPS = 1000;

export function decide(state: RunState, message: InboxMessage, now: number): Step | null {
  const fact = react(state, message, now);
  const steps = [fact, ...settle(foldRecord(state, fact), now)];
  const decision = join(steps);
  return isNothing(decision) ? null : decision;
}

function settle(state: RunState, now: number): Step[] {
  const steps: Step[] = [];
  let current = state;
  while (current.stage === 'open') {
    const open = current;
    const next = firstOf(open, now);
    if (next === null) return steps;
    if (steps.length === MOST_STEPS) throw new Error(`the rules do not settle: ${next.reason}`);
    steps.push(next);
    current = foldRecord(current, next);
  }
  return steps;
}

function firstOf(run: Extract<RunState, { stage: 'open' }>, now: number): Step | null {
  for (const rule of RULES) {
    const found = rule(run, now);
    if (found !== null) return found;
  }
  return null;
}
