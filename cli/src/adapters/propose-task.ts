/** What the playbook's setup would state of a folder without a task.yaml: its very steps, taken on the user's own machine. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asTask, type Task, taskProposal } from '@modelwright/contracts';
import {
  type CheckAnswer,
  check,
  type Harness,
  type HarnessOutcome,
  type HarnessProblem,
  profile,
  survey,
} from '@modelwright/harness';
import type { SetupBrief } from '@modelwright/llm';
import { descriptionFile, type Step, setUp } from '@modelwright/playbook';
import { z } from 'zod';
import { badInput } from '../core/problem.ts';
import { TASK_FILE } from '../core/task-file.ts';
import type { TaskFolder } from './task-folder.ts';

export interface ProposedTask {
  readonly task: Task;
  /** What was guessed. */
  readonly doubts: readonly string[];
  readonly findings: CheckAnswer;
}

const handedOver = z.object({ task: taskProposal, doubts: z.array(z.string()) });
const asked = z.object({ task: taskProposal });
const looked = z.object({
  path: z.string(),
  against: z.string().optional(),
  archives: z.array(z.string()).optional(),
});

/** Refuses where rules know no task, or none that the data suits. */
export async function proposeFor(harness: Harness, folder: TaskFolder, shown: string): Promise<ProposedTask> {
  const brief = await briefOf(folder);
  const steps: Step[] = [];
  let findings: CheckAnswer | null = null;
  for (;;) {
    const { text, call } = setUp(brief, steps);
    if (call === null) throw unclear(text, shown);
    const { name, args } = call;
    if (name === 'submit_task' && findings !== null) {
      const { task, doubts } = handedOver.parse(args);
      return { task: asTask(task), doubts, findings };
    }
    const told = await answered(harness, folder.path, { name, args });
    if (name === 'check_task' && told.kind === 'done') findings = told.findings;
    steps.push({ name, args, content: told.content, failed: told.kind === 'failed' });
  }
}

type Told =
  | { readonly kind: 'done'; readonly content: string; readonly findings: CheckAnswer | null }
  | { readonly kind: 'failed'; readonly content: string };

/** What the setup agent's tools would say. */
async function answered(
  harness: Harness,
  folder: string,
  { name, args }: Pick<Step, 'name' | 'args'>,
): Promise<Told> {
  if (name === 'folder_profile') return told(await survey(harness, { folder }));
  if (name === 'data_profile') {
    const { path: file, against, archives } = looked.parse(args);
    const beside = {
      ...(against === undefined ? {} : { against }),
      ...(archives === undefined ? {} : { archives }),
    };
    return told(await profile(harness, { folder, file, ...beside }));
  }
  const checked = await check(harness, { folder, task: asTask(asked.parse(args).task) });
  if (checked.kind === 'done') {
    return { kind: 'done', content: JSON.stringify({ fit: true }), findings: checked.answer };
  }
  const { problems } = checked;
  return { kind: 'done', content: JSON.stringify({ fit: false, problems }), findings: null };
}

function told(outcome: HarnessOutcome<unknown>): Told {
  return outcome.kind === 'done'
    ? { kind: 'done', content: JSON.stringify(outcome.answer), findings: null }
    : { kind: 'failed', content: wordsOf(outcome.problems) };
}

async function briefOf({ path, name, files }: TaskFolder): Promise<SetupBrief> {
  const described = descriptionFile(files);
  const description = described === null ? null : await readFile(join(path, described), 'utf8');
  return {
    role: 'setup',
    action: 'propose',
    seed: 0,
    candidate: 'run',
    name,
    files: [...files],
    description,
    hardware: { cpus: 1 },
  };
}

function unclear(reason: string, shown: string) {
  const why = reason.replace(/^No task can be stated: /, '');
  return badInput({
    message: `no ${TASK_FILE}, and by rule no task can be stated: ${why}`,
    remedy: `Write a ${TASK_FILE}: docs/task.md says how. A language model in the role of setup may find what rules do not.`,
    file: shown,
  });
}

function wordsOf(problems: readonly HarnessProblem[]): string {
  return problems.map(({ message }) => message).join(' ');
}
