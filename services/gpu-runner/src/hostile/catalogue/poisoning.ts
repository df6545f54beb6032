/** Programs that poison the grader with their file of predictions, graded as the manager has it done. */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { grade, type Harness, sandboxedLaunch } from '@modelwright/harness';
import { expect } from 'vitest';
import { testPython } from '../../testing/runner-bench.ts';
import type { Aftermath, HostileProgram } from '../hostile-program.ts';
import { inFolderOf } from '../stored-folder.ts';

/** As numbers that occur in no message by chance. */
const LABELS = [71_370.25, 71_371.25, 71_372.25, 71_373.25, 71_374.25];
const POISONED = 22;

export const POISONING: readonly HostileProgram[] = [
  {
    that: 'poisons the grader with its predictions',
    file: 'poison_predictions.py',
    ends: ['finished'],
    reason: /the-labels\.csv: a link out of the folder/,
    holds: (after) => inFolderOf(after, (folder) => everyFileIsJudged(after, folder)),
  },
];

async function everyFileIsJudged({ scene, stored }: Aftermath, folder: string): Promise<void> {
  expect(stored).toHaveLength(POISONED);
  const python = testPython();
  const harness: Harness = { python, launch: sandboxedLaunch({ host: { python }, isolation: 'best' }) };
  const truth = join(folder, 'truth', 'score.csv');
  await mkdir(join(folder, 'truth'));
  await writeFile(truth, ['id,target', ...LABELS.map((label, n) => `s-${n},${label}`), ''].join('\n'));
  const judge = { metric: 'rmse' as const, task: { classes: null }, truth };
  for (const path of stored) {
    const judged = await grade(harness, { ...judge, predictions: join(folder, path) });
    const said = JSON.stringify(judged);
    // None is what was asked for: each is told apart from a fault of the grader, and nothing hidden is in the answer.
    expect(judged.kind, `${path}: ${said}`).toBe('bad-input');
    for (const label of LABELS) expect(said).not.toContain(String(label));
    expect(said.length, `${path}: ${said}`).toBeLessThan(2000);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there.
    expect(JSON.parse(said).problems[0].message).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
  }
  expect(existsSync(scene.told.trap)).toBe(false);
}
