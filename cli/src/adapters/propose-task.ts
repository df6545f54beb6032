/** What the playbook's setup would state of a folder without a task.yaml: the same rules, on the user's own machine. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asTask, type TableProfile, type Task } from '@modelwright/contracts';
import { type CheckAnswer, check, type Harness, type HarnessProblem, profile } from '@modelwright/harness';
import {
  amendTask,
  descriptionFile,
  type Proposed,
  proposeTask,
  type Tables,
  tablesOf,
} from '@modelwright/playbook';
import { badInput } from '../core/problem.ts';
import { TASK_FILE } from '../core/task-file.ts';
import type { TaskFolder } from './task-folder.ts';

export interface ProposedTask {
  readonly task: Task;
  /** What was guessed. */
  readonly doubts: readonly string[];
  readonly findings: CheckAnswer;
}

/** Refuses where rules know no task, or none that the data suits. */
export async function proposeFor(
  harness: Harness,
  { path, name, files }: TaskFolder,
  shown: string,
): Promise<ProposedTask> {
  const unclear = (reason: string) =>
    badInput({
      message: `no ${TASK_FILE}, and by rule no task can be stated: ${reason}`,
      remedy: `Write a ${TASK_FILE}: docs/task.md says how. A language model in the role of setup may find what rules do not.`,
      file: shown,
    });
  const tables = tablesOf(files);
  if (tables.kind === 'unclear') throw unclear(tables.reason);
  const described = descriptionFile(files);
  const description = described === null ? null : await readFile(join(path, described), 'utf8');
  const seen = await look(harness, path, tables);
  if (typeof seen === 'string') throw unclear(seen);
  let proposal = proposeTask({ name, description }, seen.tables, seen.profiles);
  if (proposal.kind === 'unclear') throw unclear(proposal.reason);
  for (;;) {
    const { task: proposed, doubts }: Proposed = proposal;
    const task = asTask(proposed);
    const checked = await check(harness, { folder: path, task });
    if (checked.kind === 'done') return { task, doubts, findings: checked.answer };
    const amended = amendTask(proposal, checked.problems);
    if (amended === null) throw unclear(wordsOf(checked.problems));
    proposal = amended;
  }
}

/** What the tables hold; a reason when the one with the answers cannot be read. */
async function look(harness: Harness, folder: string, tables: Tables) {
  const against = tables.test === null ? {} : { against: tables.test };
  const train = await profile(harness, { folder, file: tables.train, ...against });
  if (train.kind === 'bad-input') return wordsOf(train.problems);
  const doubts: string[] = [...tables.doubts];
  const other = async (file: string | null): Promise<TableProfile | null> => {
    if (file === null) return null;
    const seen = await profile(harness, { folder, file });
    if (seen.kind === 'done') return seen.answer;
    doubts.push(`${file} is left aside: ${wordsOf(seen.problems)}`);
    return null;
  };
  const test = await other(tables.test);
  const sample = test === null ? null : await other(tables.sample);
  return { tables: { ...tables, doubts }, profiles: { train: train.answer, test, sample } };
}

function wordsOf(problems: readonly HarnessProblem[]): string {
  return problems.map(({ message }) => message).join(' ');
}
