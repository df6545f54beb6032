/** Is a task folder fit for a run? What a run asks before it starts anything, and all that `check` does. */
import type { Config } from '../config.ts';
import type { Output } from '../core/output.ts';
import { openTaskFolder, type TaskFolder } from './task-folder.ts';
import type { Toolchain } from './toolchain.ts';

/** The folder when a run would take it; refuses with every problem otherwise. Says warnings, and what was found. */
export async function checkTask(
  config: Config,
  toolchain: Toolchain,
  named: string,
  output: Output,
): Promise<TaskFolder> {
  const folder = await openTaskFolder(config.cwd, named);
  toolchain.findPython();
  output.note(`${named}: task.yaml reads well`);
  return folder;
}
