/** What language models cost a run, as its log has it: what was granted, what was spent, what the user allowed. */
import {
  type ModelSpending,
  NOTHING_SPENT,
  type Role,
  type RunEvent,
  type Spent,
} from '@modelwright/contracts';

/** An assignment that a language model or the playbook worked on. */
export interface AssignmentMoney {
  readonly assignment: string;
  readonly role: Role;
  readonly action: string;
  readonly candidate: string;
  /** Null for the manager's own programs, and in logs that do not say. */
  readonly player: 'playbook' | 'models' | null;
  readonly grantMicroUsd: number;
  readonly spent: Spent;
  /** Its final message has not come; what it has spent so far is in its transcript. */
  readonly open: boolean;
  /** Why it failed; null otherwise. */
  readonly failure: string | null;
}

export interface MoneyView {
  readonly capMicroUsd: number;
  /** Input and output of all models together; null: no limit of its own. */
  readonly capTokens: number | null;
  /** In the order they were opened. */
  readonly assignments: readonly AssignmentMoney[];
  /** Nothing that costs is begun before the budget is raised. */
  readonly paused: boolean;
}

export const NO_MONEY: MoneyView = { capMicroUsd: 0, capTokens: null, assignments: [], paused: false };

/** An assignment may be closed twice: a forced end charges its whole grant, and a late final message says what it was. */
export function foldMoney(view: MoneyView, event: RunEvent): MoneyView {
  switch (event.type) {
    case 'run-started':
      return {
        ...view,
        capMicroUsd: event.submitted.budget.microUsd,
        capTokens: event.submitted.budget.tokens,
      };
    case 'assignment-opened':
      return withAssignment(view, {
        assignment: event.assignment,
        role: event.role,
        action: event.action,
        candidate: event.candidate,
        player: event.player?.kind ?? null,
        grantMicroUsd: event.grant?.microUsd ?? 0,
        spent: NOTHING_SPENT,
        open: true,
        failure: null,
      });
    case 'assignment-closed': {
      const opened = view.assignments.find((one) => one.assignment === event.assignment);
      if (opened === undefined) return view;
      return withAssignment(view, { ...opened, spent: event.spent, open: false, failure: event.failure });
    }
    case 'money-paused':
      return { ...view, paused: true };
    case 'budget-raised':
      return {
        ...view,
        capMicroUsd: event.microUsd,
        capTokens: event.tokens ?? view.capTokens,
        paused: false,
      };
    default:
      return view;
  }
}

function withAssignment(view: MoneyView, one: AssignmentMoney): MoneyView {
  const index = view.assignments.findIndex((other) => other.assignment === one.assignment);
  const assignments = index === -1 ? [...view.assignments, one] : view.assignments.with(index, one);
  return { ...view, assignments };
}

export interface MoneyTotals extends ModelSpending {
  /** Grants of assignments that are not closed. */
  readonly reservedMicroUsd: number;
}

export const NO_SPENDING: ModelSpending = {
  calls: 0,
  unpricedCalls: 0,
  inputTokens: 0,
  cachedTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
  microUsd: 0,
};

export function addSpending(a: ModelSpending, b: ModelSpending): ModelSpending {
  return {
    calls: a.calls + b.calls,
    unpricedCalls: a.unpricedCalls + b.unpricedCalls,
    inputTokens: a.inputTokens + b.inputTokens,
    cachedTokens: a.cachedTokens + b.cachedTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    reasoningTokens: a.reasoningTokens + b.reasoningTokens,
    microUsd: a.microUsd + b.microUsd,
  };
}

/** Of all that is closed. What was charged without saying for which model counts as money alone. */
export function totalsOf({ assignments }: Pick<MoneyView, 'assignments'>): MoneyTotals {
  let total = NO_SPENDING;
  let reservedMicroUsd = 0;
  for (const { spent, open, grantMicroUsd } of assignments) {
    if (open) reservedMicroUsd += grantMicroUsd;
    total = Object.values(spent.byModel).reduce(addSpending, total);
    total = { ...total, microUsd: total.microUsd + unitemised(spent) };
  }
  return { ...total, reservedMicroUsd };
}

/** Charged beyond what single models account for: a grant that was charged whole, or a log of before. */
export function unitemised(spent: Spent): number {
  const itemised = Object.values(spent.byModel).reduce((sum, one) => sum + one.microUsd, 0);
  return Math.max(0, spent.microUsd - itemised);
}
