/** Writes what a run has come to into a folder: deliverable, submission, manifest, history, candidates. */
import { access, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bus } from '@modelwright/bus';
import type { RunId } from '@modelwright/contracts';
import { jsonText } from '../core/json-text.ts';
import { insightsText, proposedTaskText } from '../core/learned.ts';
import { manifestOf } from '../core/manifest.ts';
import { badInput } from '../core/problem.ts';
import { type RunView, viewOf } from '../core/run-view.ts';
import { TASK_FILE } from '../core/task-file.ts';
import { cloneBundle, hasGit } from './git-clone.ts';
import { reportInput } from './report-input.ts';
import { readRunLog, type StoredRecord } from './run-log.ts';
import { writeWhole } from './whole-file.ts';
import { REPORT_FILE, writeProvenance, writeReport } from './write-report.ts';

export interface Materialised {
  readonly view: RunView;
  readonly hasModel: boolean;
  readonly hasSubmission: boolean;
  readonly hasCandidates: boolean;
  readonly hasInsights: boolean;
  /** A task.yaml that was proposed for a folder without one. */
  readonly hasTask: boolean;
  /** What could not be written, in words. */
  readonly notes: readonly string[];
}

/** Reads the log to its present end and writes everything it refers to. Files of an earlier call are replaced. */
export async function materialise(bus: Bus, run: RunId, folder: string): Promise<Materialised> {
  const records = await readRunLog(bus, run);
  const view = viewOf(records);
  await makeFolder(folder);
  const { deliverable } = view.delivery;
  if (deliverable !== null) await bus.store.getTree(deliverable, folder);
  await writeSubmission(bus, view, folder);
  await writeWhole(join(folder, 'events.jsonl'), records.map(eventLine).join(''));
  const input = await reportInput(bus, run, { records, view });
  const manifest = manifestOf(run, view, input);
  await writeWhole(join(folder, 'run.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await writeIfAny(join(folder, 'insights.md'), insightsText(run, view));
  await writeIfAny(join(folder, TASK_FILE), proposedTaskText(view));
  const notes = await writeCandidates(bus, view, folder);
  await writeReport(input, join(folder, REPORT_FILE));
  if (deliverable !== null) await writeProvenance(bus, input, { folder, deliverable });
  return {
    view,
    notes,
    hasModel: deliverable !== null,
    hasSubmission: await exists(join(folder, 'submission.csv')),
    hasCandidates: await exists(join(folder, 'candidates')),
    hasInsights: view.insights.length > 0,
    hasTask: proposedTaskText(view) !== null,
  };
}

/** The submission made with the best candidate so far. A delivered one stands in its place. */
export async function writeSubmission(bus: Bus, view: RunView, folder: string): Promise<boolean> {
  const submission = view.best?.submission ?? null;
  const file = join(folder, 'submission.csv');
  if (submission === null || (view.delivery.deliverable !== null && (await exists(file)))) return false;
  await makeFolder(folder);
  await bus.store.getFile(submission, file);
  return true;
}

async function writeCandidates(bus: Bus, view: RunView, folder: string): Promise<string[]> {
  const made = view.candidates.filter((candidate) => candidate.version !== null);
  if (made.length === 0) return [];
  if (!(await hasGit())) return ['git is not installed: candidates/ was left out'];
  await mkdir(join(folder, 'candidates'), { recursive: true });
  const scratch = await mkdtemp(join(folder, '.bundles-'));
  try {
    for (const { id, version } of made) {
      if (version === null) continue;
      const bundle = join(scratch, `${id}.bundle`);
      await bus.store.getFile(version.bundle, bundle);
      await cloneBundle(bundle, version.commit, join(folder, 'candidates', id));
    }
    return [];
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function eventLine({ sequence, time, messageId, body }: StoredRecord): string {
  return `${jsonText({ sequence, time, messageId, ...body })}\n`;
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw badInput(
      {
        message: `the results cannot be written: ${error instanceof Error ? error.message : String(error)}`,
        remedy: 'Name another folder with --out.',
        file: folder,
      },
      { cause: error },
    );
  });
}

async function writeIfAny(file: string, text: string | null): Promise<void> {
  if (text !== null) await writeWhole(file, text);
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
