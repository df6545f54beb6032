/** Setup: a folder becomes a task by the customs of those who publish such folders, proven by the check. */
import { type FolderProfile, tableProfile } from '@modelwright/contracts';
import type { SetupBrief } from '@modelwright/llm';
import { z } from 'zod';
import { type Answer, calling, givingUp } from '../answer.ts';
import { readAnswer, type Step } from '../steps.ts';
import { amendTask } from './amend-task.ts';
import type { Profiles } from './bare-folder.ts';
import { archivesOf } from './customs/media.ts';
import { proposeFolder } from './propose-folder.ts';
import { proposeTask } from './propose-task.ts';
import type { Proposal } from './proposed.ts';
import { surveyOf, tablesIn } from './survey.ts';
import type { Tables } from './tables.ts';

const checked = z.object({
  fit: z.boolean(),
  problems: z
    .array(
      z.object({
        code: z.string(),
        message: z.string(),
        remedy: z.string(),
        file: z.string(),
        key: z.string().optional(),
      }),
    )
    .default([]),
});

export function setUp(brief: SetupBrief, steps: readonly Step[]): Answer {
  const surveyed = surveyOf(brief.files, steps);
  if (surveyed === 'wanted') return calling('What lies in these folders?', 'folder_profile', {});
  const survey = surveyed === 'needless' ? null : surveyed;
  const tables = tablesIn(brief, survey);
  const units = survey === null || tables.kind === 'found' ? null : proposeFolder(brief, survey);
  if (units !== null) return proposeAndCheck(units, steps);
  if (tables.kind === 'unclear') return givingUp(`No task can be stated: ${tables.reason}.`);
  const look = nextLook(tables, archivesFor(survey, tables), steps);
  if (look !== null) return look;
  const seen = seenIn(tables, steps);
  if (typeof seen === 'string') return givingUp(`No task can be stated: ${seen}.`);
  return proposeAndCheck(proposeTask(brief, seen.tables, seen.profiles, survey), steps);
}

/** Those that the tables came out of. */
function archivesFor(survey: FolderProfile | null, { train, test, sample }: Tables): string[] {
  const paths = [train, test, sample].filter((path) => path !== null);
  return survey === null ? [] : archivesOf(survey, paths);
}

/** The next table to be looked at; null when all have been. */
function nextLook(
  { train, test, sample }: Tables,
  archives: readonly string[],
  steps: readonly Step[],
): Answer | null {
  const wanted = [train, test, sample].filter((path) => path !== null);
  const path = wanted.find((one) => !steps.some((step) => isLookAt(step, one)));
  if (path === undefined) return null;
  const against = path === train && test !== null ? { against: test } : {};
  const inside = archives.length === 0 ? {} : { archives };
  return calling(`What does ${path} hold?`, 'data_profile', { path, ...against, ...inside });
}

function isLookAt({ name, args }: Step, path: string): boolean {
  return name === 'data_profile' && args['path'] === path;
}

/** What was seen, without the tables that cannot be read; a reason when that is the training table. */
function seenIn(tables: Tables, steps: readonly Step[]): { tables: Tables; profiles: Profiles } | string {
  const profileOf = (path: string | null) => {
    const step = path === null ? undefined : steps.find((one) => isLookAt(one, path));
    return step === undefined || step.failed ? null : readAnswer(step, tableProfile);
  };
  const train = profileOf(tables.train);
  const reasonOf = (path: string | null) =>
    steps.find((step) => path !== null && isLookAt(step, path))?.content ?? '';
  if (train === null) return `${tables.train} cannot be read: ${reasonOf(tables.train)}`;
  const test = profileOf(tables.test);
  const sample = profileOf(tables.sample);
  const unread = [
    ...(tables.test !== null && test === null ? [tables.test] : []),
    ...(tables.sample !== null && sample === null ? [tables.sample] : []),
  ].map((path) => `${path} is left aside: ${reasonOf(path)}`);
  return {
    tables: { ...tables, doubts: [...tables.doubts, ...unread] },
    profiles: { train, test, sample },
  };
}

/** Each check that spoke against the task has changed it; the last one decides. */
function proposeAndCheck(first: Proposal, steps: readonly Step[]): Answer {
  if (first.kind === 'unclear') return givingUp(`No task can be stated: ${first.reason}.`);
  let proposed = first;
  for (const step of steps.filter(({ name }) => name === 'check_task')) {
    const answer = step.failed ? null : readAnswer(step, checked);
    if (answer === null) return givingUp(`The task could not be checked: ${step.content.slice(0, 300)}`);
    if (answer.fit) return submit(proposed, steps);
    const amended = amendTask(proposed, answer.problems);
    if (amended === null) {
      return givingUp(`No task can be stated: ${answer.problems.map(({ message }) => message).join(' ')}`);
    }
    proposed = amended;
  }
  const { data, metric } = proposed.task;
  return calling(`Predicting ${data.target} of ${data.train} by ${metric}: does it fit?`, 'check_task', {
    task: proposed.task,
  });
}

function submit({ task, doubts }: Extract<Proposal, { kind: 'proposed' }>, steps: readonly Step[]): Answer {
  const refused = steps.find(({ name }) => name === 'submit_task');
  if (refused !== undefined) return givingUp(`The task was refused: ${refused.content}`);
  const reason = `By rule: ${task.data.target} of ${task.data.train}, judged by ${task.metric}; ${doubts.length === 0 ? 'nothing was guessed' : `guessed: ${doubts.join('; ')}`}.`;
  return calling(reason, 'submit_task', { task, reason: reason.slice(0, 4000), doubts: doubts.slice(0, 20) });
}
