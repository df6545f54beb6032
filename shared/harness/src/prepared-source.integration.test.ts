import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Task } from '@modelwright/contracts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { check } from './commands/check.ts';
import { prepare } from './commands/prepare.ts';
import type { Harness } from './harness.ts';
import { plainLaunch } from './launch/plain-launch.ts';
import { sandboxedLaunch } from './launch/sandboxed-launch.ts';
import { testPython } from './testing/test-python.ts';

const PROGRAM = `
import argparse, json, pathlib
given = argparse.ArgumentParser()
given.add_argument("--input", type=pathlib.Path)
given.add_argument("--output", type=pathlib.Path)
where = given.parse_args()
rows = json.loads((where.input / "raw.json").read_text())["all"]
lines = ["id,x,y"] + [f"{row[0]},{row[1]},{row[2]}" for row in rows]
(where.output / "made.csv").write_text("\\n".join(lines))
`;

const GRADER = `
def grade(submission, answers):
    joined = answers.merge(submission, on="id", suffixes=("", "_said"), validate="1:1")
    if len(joined) != len(answers):
        raise ValueError("rows are missing")
    return float((joined["y"] == joined["y_said"]).mean())
`;

const TASK: Task = {
  version: 1,
  name: 'made',
  description: 'A table that a program makes.',
  data: { layout: 'table', prepare: 'prepare.py', train: 'made.csv', id: 'id', target: 'y' },
  metric: 'accuracy',
};

const python = testPython();
const harnesses: [string, Harness][] = [
  ['as a plain process', { python, launch: plainLaunch }],
  ['in the sandbox', { python, launch: sandboxedLaunch({ host: { python }, isolation: 'best' }) }],
];

let place: string;
let folder: string;

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'mw-made-'));
  folder = join(place, 'task');
  await mkdir(folder);
  // A sandbox reads it as another user.
  await chmod(place, 0o755);
  const rows = Array.from({ length: 80 }, (_, row) => [`r${row}`, (row * 7) % 31, row % 2]);
  await writeFile(join(folder, 'raw.json'), JSON.stringify({ all: rows }));
  await writeFile(join(folder, 'prepare.py'), PROGRAM);
});

afterEach(async () => {
  await rm(place, { recursive: true, force: true });
});

describe.each(harnesses)('a folder that a program makes %s', (_, harness) => {
  test('is what the rest of the task describes, and the task folder stays as it was', async () => {
    const before = await readdir(folder);
    const checked = await check(harness, { folder, task: TASK });
    expect(checked).toMatchObject({ kind: 'done', answer: { rows: { labelled: 80 } } });
    expect(await readdir(folder)).toEqual(before);
  });

  test('is a problem at its key when the program fails, with what it said', async () => {
    await writeFile(join(folder, 'prepare.py'), 'raise SystemExit("the labels are on another disk")');
    const checked = await check(harness, { folder, task: TASK });
    expect(checked).toMatchObject({
      kind: 'bad-input',
      problems: [{ code: 'prepare-failed', key: 'data.prepare' }],
    });
    expect(JSON.stringify(checked)).toContain('the labels are on another disk');
  });

  test('goes with a grader of the task folder, which is frozen beside the truth', async () => {
    await writeFile(join(folder, 'grade.py'), GRADER);
    const task: Task = { ...TASK, grade: { program: 'grade.py', direction: 'maximize' } };
    const out = join(place, 'out');
    const prepared = await prepare(harness, { folder, task, out, seed: 'a' });
    expect(prepared).toMatchObject({ kind: 'done' });
    expect(await readdir(join(out, 'grader'))).toEqual(['form.json', 'grade.py']);
  });

  test('is refused with a grader that measures the other way', async () => {
    await writeFile(join(folder, 'grade.py'), GRADER);
    const task: Task = { ...TASK, grade: { program: 'grade.py', direction: 'minimize' } };
    const prepared = await prepare(harness, { folder, task, out: join(place, 'out'), seed: 'a' });
    expect(prepared).toMatchObject({ kind: 'bad-input', problems: [{ code: 'grader-direction' }] });
  });
});
