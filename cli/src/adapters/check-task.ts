/** Is a task folder fit for a run? What a run asks before it starts anything, and all that `check` does. */
import { type CheckAnswer, check, type HarnessProblem, plainLaunch } from '@modelwright/harness';
import type { Config } from '../config.ts';
import { EXIT } from '../core/exit-code.ts';
import type { Output } from '../core/output.ts';
import { type Problem, Refusal } from '../core/problem.ts';
import { taskCautions } from '../core/task-cautions.ts';
import { openTaskFolder, placedIn, type TaskFolder } from './task-folder.ts';
import type { Toolchain } from './toolchain.ts';

export interface CheckedTask {
  readonly folder: TaskFolder;
  /** Null where a task is still to be proposed. */
  readonly findings: CheckAnswer | null;
}

/** The task when a run would take it; says warnings. Refuses with every problem otherwise. */
export async function checkTask(
  config: Config,
  toolchain: Toolchain,
  named: string,
  output: Output,
): Promise<CheckedTask> {
  const folder = await openTaskFolder(config.cwd, named);
  const { task } = folder;
  if (task === null) return { folder, findings: null };
  output.warnings(taskCautions(task, folder.positions).map((caution) => placedIn(named, caution)));
  // The user's own files on the user's own machine: nothing here has to be contained.
  const harness = { python: toolchain.findPython(), launch: plainLaunch };
  const outcome = await check(harness, {
    task,
    folder: folder.path,
    positions: Object.fromEntries(
      Object.entries(folder.positions).map(([key, { line, column }]) => [key, [line, column]]),
    ),
  });
  const warnings = outcome.kind === 'done' ? outcome.answer.warnings : outcome.warnings;
  output.warnings(warnings.map((warning) => asProblem(named, warning)));
  if (outcome.kind === 'done') return { folder, findings: outcome.answer };
  throw new Refusal(
    EXIT.badInput,
    outcome.problems.map((problem) => asProblem(named, problem)),
  );
}

function asProblem(folder: string, { message, remedy, file, line, column }: HarnessProblem): Problem {
  return placedIn(folder, { message, remedy, file, line, column });
}
