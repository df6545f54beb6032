/** The message that starts a run: the task, the budget the user stated on top of it, the seed. */
import {
  type BodyOf,
  completeBudget,
  newRunId,
  type RunBudget,
  type RunPlayer,
  type runSubmitted,
  type Task,
  type TreeRef,
} from '@modelwright/contracts';

/** What the command line says over what task.yaml says. */
export interface RunWishes {
  readonly budgetUsd?: number | undefined;
  readonly budgetTokens?: number | undefined;
  readonly onCap?: RunBudget['onCap'] | undefined;
  readonly budgetMinutes?: number | undefined;
  readonly candidates?: number | undefined;
  readonly trials?: number | undefined;
  readonly seed?: number | undefined;
}

export interface Wanted extends RunWishes {
  readonly player: RunPlayer;
}

/** What models may cost when nobody has said. Little enough to be lost, and enough for a small task. */
export const UNSTATED_MICRO_USD = 5_000_000;

/** Micro-USD as the user stated them, null where nobody has. */
export function statedBudget(task: Task | null, { budgetUsd }: RunWishes): number | null {
  const usd = budgetUsd ?? task?.budget?.usd;
  return usd === undefined ? null : Math.round(usd * 1e6);
}

/** Random integers in [0, 2^31). */
export interface Draws {
  readonly run: number;
  readonly seed: number;
}

export function submissionOf(
  { name, task }: { readonly name: string; readonly task: Task | null },
  source: TreeRef,
  wishes: Wanted,
  draws: Draws,
): BodyOf<typeof runSubmitted> {
  const budget = completeBudget(task);
  return {
    type: 'run-submitted',
    run: newRunId(name, draws.run),
    task,
    budget: {
      ...budget,
      minutes: wishes.budgetMinutes ?? budget.minutes,
      candidates: wishes.candidates ?? budget.candidates,
      trials: wishes.trials ?? budget.trials,
      tokens: wishes.budgetTokens ?? budget.tokens,
      onCap: wishes.onCap ?? budget.onCap,
      microUsd:
        statedBudget(task, wishes) ??
        (wishes.player.kind === 'models' ? UNSTATED_MICRO_USD : budget.microUsd),
    },
    seed: wishes.seed ?? task?.seed ?? draws.seed,
    source,
    player: wishes.player,
  };
}
