/** The message that starts a run: the task, the budget the user stated on top of it, the seed. */
import {
  type BodyOf,
  completeBudget,
  newRunId,
  type runSubmitted,
  type Task,
  type TreeRef,
} from '@modelwright/contracts';

/** What the command line says over what task.yaml says. */
export interface RunWishes {
  readonly budgetUsd?: number | undefined;
  readonly budgetMinutes?: number | undefined;
  readonly candidates?: number | undefined;
  readonly trials?: number | undefined;
  readonly seed?: number | undefined;
  /** Whether the playbook plants bugs of its own, to be found and mended. */
  readonly clumsy?: boolean | undefined;
}

/** Random integers in [0, 2^31). */
export interface Draws {
  readonly run: number;
  readonly seed: number;
}

export function submissionOf(
  { name, task }: { readonly name: string; readonly task: Task | null },
  source: TreeRef,
  wishes: RunWishes,
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
      microUsd: wishes.budgetUsd === undefined ? budget.microUsd : Math.round(wishes.budgetUsd * 1e6),
    },
    seed: wishes.seed ?? task?.seed ?? draws.seed,
    source,
    player: { kind: 'playbook', clumsy: wishes.clumsy ?? false },
  };
}
