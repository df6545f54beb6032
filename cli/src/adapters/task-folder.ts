/** Opens a task folder: task.yaml read, every file it names there and inside; or, without one, whatever data there is. */
import type { Stats } from 'node:fs';
import { access, constants, lstat, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import type { Task } from '@modelwright/contracts';
import { type FolderFile, isBesideData } from '@modelwright/playbook';
import { type Positions, positionAt } from '@modelwright/yaml-file';
import { EXIT } from '../core/exit-code.ts';
import { badInput, type Problem, Refusal } from '../core/problem.ts';
import { readTask, TASK_FILE } from '../core/task-file.ts';
import { isLeftOutOfBare, type NeededFile, neededFiles, needsWholeFolder } from '../core/task-needs.ts';

export interface TaskFolder {
  /** Absolute, links resolved. */
  readonly path: string;
  /** What the task is called; without a task.yaml what the folder is called. */
  readonly name: string;
  /** Null without a task.yaml: setup proposes one. */
  readonly task: Task | null;
  readonly positions: Positions;
  /** What the run needs. */
  readonly files: readonly FolderFile[];
  /** Of all those files. */
  readonly bytes: number;
}

/** A folder that states its task. */
export type StatedFolder = TaskFolder & { readonly task: Task };

/** Refuses with every problem found. */
export async function openTaskFolder(cwd: string, folder: string): Promise<TaskFolder> {
  const path = await existingFolder(cwd, folder);
  const text = await taskFileOf(path, folder);
  return text === null ? openBareFolder(path, folder) : openStatedFolder(path, folder, text);
}

async function openStatedFolder(path: string, folder: string, text: Uint8Array): Promise<StatedFolder> {
  const reading = readTask(text);
  if (reading.kind === 'faulty')
    throw new Refusal(
      EXIT.badInput,
      reading.problems.map((one) => placedIn(folder, one)),
    );
  const { task, positions } = reading;
  if (needsWholeFolder(task)) {
    const whole = await openBareFolder(path, folder);
    return { ...whole, name: task.name, task, positions };
  }
  const looks = await Promise.all(
    neededFiles(task).map(async (file) => ({ file, look: await lookAt(path, file) })),
  );
  const problems = looks.flatMap(({ file, look }) =>
    look.kind === 'problem'
      ? [{ ...look.problem, file: TASK_FILE, ...positionAt(positions, file.key.split('.')) }]
      : [],
  );
  if (problems.length > 0)
    throw new Refusal(
      EXIT.badInput,
      problems.map((one) => placedIn(folder, one)),
    );
  const files = looks.flatMap(({ file, look }) =>
    look.kind === 'file' ? [{ path: file.path, bytes: look.bytes }] : [],
  );
  return { path, name: task.name, task, positions, files, bytes: sumOf(files) };
}

/** All of it is uploaded: which files count is for setup to find out. */
async function openBareFolder(path: string, folder: string): Promise<TaskFolder> {
  const entries = (await readdir(path, { withFileTypes: true, recursive: true }))
    .map((entry) => ({ entry, place: relative(path, join(entry.parentPath, entry.name)) }))
    .filter(({ place }) => !isLeftOutOfBare(place));
  const linked = entries.filter(({ entry, place }) => entry.isSymbolicLink() && !isBesideData(place));
  if (linked.length > 0) {
    throw new Refusal(
      EXIT.badInput,
      linked.map(({ place }) => ({ ...linkProblem(place), file: join(folder, place) })),
    );
  }
  const files = await Promise.all(
    entries
      .filter(({ entry }) => entry.isFile())
      .map(async ({ place }) => ({ path: place, bytes: (await stat(join(path, place))).size })),
  );
  if (files.every((file) => isBesideData(file.path))) throw badInput({ ...noTask, file: folder });
  return { path, name: basename(path) || 'task', task: null, positions: {}, files, bytes: sumOf(files) };
}

const noTask: Problem = {
  message: `neither ${TASK_FILE} nor data in this folder`,
  remedy:
    `Put the data there (such as train.csv, test.csv, sample_submission.csv, description.md), or write ${TASK_FILE}: ` +
    `version: 1, name, description, data (layout, train, target), metric. See examples/digits/${TASK_FILE}.`,
};

function sumOf(files: readonly FolderFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** The problem with its file named as the user would name it. */
export function placedIn(folder: string, problem: Problem): Problem {
  return problem.file === undefined ? problem : { ...problem, file: join(folder, problem.file) };
}

async function existingFolder(cwd: string, folder: string): Promise<string> {
  const path = await realpath(resolve(cwd, folder)).catch(() => null);
  if (path === null) {
    throw badInput({
      message: 'no such folder',
      remedy: 'Name the folder that holds the data, with or without a task.yaml.',
      file: folder,
    });
  }
  if (!(await stat(path)).isDirectory()) {
    throw badInput({
      message: 'not a folder',
      remedy: 'Name the folder that holds the data, not a file.',
      file: folder,
    });
  }
  return path;
}

/** Null where there is none. */
async function taskFileOf(path: string, shown: string): Promise<Uint8Array | null> {
  const file = join(path, TASK_FILE);
  const found = await lstat(file).catch(() => null);
  if (found === null) return null;
  const refused = refusalOf(found, TASK_FILE);
  if (refused !== null) throw badInput({ ...refused, file: join(shown, TASK_FILE) });
  return readFile(file).catch((error: unknown) => {
    throw badInput({ ...unreadable(TASK_FILE, error), file: join(shown, TASK_FILE) }, { cause: error });
  });
}

type Look =
  | { readonly kind: 'file'; readonly bytes: number }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** Every part of the path is looked at: a link anywhere on the way could lead out of the folder. */
async function lookAt(folder: string, { path }: NeededFile): Promise<Look> {
  const parts = path.split('/');
  for (let length = 1; length <= parts.length; length += 1) {
    const walked = parts.slice(0, length).join('/');
    const found = await lstat(join(folder, walked)).catch(() => null);
    if (found === null) {
      return problem({
        message: `${path}: no such file`,
        remedy: 'Put the file into the task folder, or mend the name here.',
      });
    }
    if (found.isSymbolicLink()) return problem(linkProblem(walked));
    if (length < parts.length) continue;
    const refused = refusalOf(found, path);
    if (refused !== null) return problem(refused);
    const readable = await access(join(folder, path), constants.R_OK).catch((error: unknown) =>
      unreadable(path, error),
    );
    return readable === undefined ? { kind: 'file', bytes: found.size } : problem(readable);
  }
  return problem({ message: `${path}: no such file`, remedy: 'Mend the name here.' });
}

const problem = (told: Problem): Look => ({ kind: 'problem', problem: told });

function refusalOf(found: Stats, path: string): Problem | null {
  if (found.isSymbolicLink()) return linkProblem(path);
  if (found.isFile()) return null;
  return { message: `${path} is not a file`, remedy: 'Name a regular file.' };
}

function linkProblem(path: string): Problem {
  return {
    message: `${path} is a link: a run reads only what lies in the task folder itself`,
    remedy: `Put the file in its place: cp --remove-destination "$(readlink -f ${path})" ${path}`,
  };
}

function unreadable(path: string, error: unknown): Problem {
  return {
    message: `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    remedy: `Let yourself read it: chmod u+r ${path}`,
  };
}
