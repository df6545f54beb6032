/** Is a task folder fit for a run? What a run asks before it starts anything, and all that `check` does. */
import {
  type CheckAnswer,
  check,
  type Harness,
  type HarnessProblem,
  plainLaunch,
} from '@modelwright/harness';
import type { Config } from '../config.ts';
import { EXIT } from '../core/exit-code.ts';
import type { Output } from '../core/output.ts';
import { type Problem, Refusal } from '../core/problem.ts';
import { taskCautions } from '../core/task-cautions.ts';
import { TASK_FILE } from '../core/task-file.ts';
import { type ProposedTask, proposeFor } from './propose-task.ts';
import { openTaskFolder, placedIn, type TaskFolder } from './task-folder.ts';
import type { Toolchain } from './toolchain.ts';

export interface CheckedTask {
  readonly folder: TaskFolder;
  readonly findings: CheckAnswer;
  /** Null where the folder states its task. */
  readonly proposed: ProposedTask | null;
}

/** The task when a run would take it; says warnings. Refuses with every problem otherwise. */
export async function checkTask(
  config: Config,
  toolchain: Toolchain,
  named: string,
  output: Output,
): Promise<CheckedTask> {
  const folder = await openTaskFolder(config.cwd, named);
  // The user's own files on the user's own machine: nothing here has to be contained.
  const harness = { python: toolchain.findPython(), launch: plainLaunch };
  const { task } = folder;
  if (task === null) return await checkBare(harness, folder, named, output);
  output.warnings(taskCautions(task, folder.positions).map((caution) => placedIn(named, caution)));
  const outcome = await check(harness, {
    task,
    folder: folder.path,
    positions: Object.fromEntries(
      Object.entries(folder.positions).map(([key, { line, column }]) => [key, [line, column]]),
    ),
  });
  const warnings = outcome.kind === 'done' ? outcome.answer.warnings : outcome.warnings;
  output.warnings(warnings.map((warning) => asProblem(named, warning)));
  if (outcome.kind === 'done') return { folder, findings: outcome.answer, proposed: null };
  throw new Refusal(
    EXIT.badInput,
    outcome.problems.map((problem) => asProblem(named, problem)),
  );
}

/** The folder of a run. Without a task.yaml it is for setup to state a task: by rule as is seen here, or by a model as it finds. */
export async function folderToRun(
  { config, toolchain }: { readonly config: Config; readonly toolchain: Toolchain },
  named: string,
  { output, byModels }: { readonly output: Output; readonly byModels: boolean },
): Promise<TaskFolder> {
  const folder = await openTaskFolder(config.cwd, named);
  if (folder.task === null) {
    output.note(`${named} has no ${TASK_FILE}: setup states a task first (see modelwright check ${named}).`);
    if (byModels) return folder;
  }
  return (await checkTask(config, toolchain, named, output)).folder;
}

/** Setup will look for itself, and a language model may come to another task; what rules make of it is known now. */
async function checkBare(
  harness: Harness,
  folder: TaskFolder,
  named: string,
  output: Output,
): Promise<CheckedTask> {
  const proposed = await proposeFor(harness, folder, named);
  output.warnings([
    ...proposed.doubts.map((doubt) => ({
      message: doubt,
      remedy: `Write a ${TASK_FILE} if that is wrong.`,
      file: named,
    })),
    ...proposed.findings.warnings.map((warning) => asProblem(named, warning)),
  ]);
  return { folder, findings: proposed.findings, proposed };
}

function asProblem(folder: string, { message, remedy, file, line, column }: HarnessProblem): Problem {
  return placedIn(folder, { message, remedy, file, line, column });
}
