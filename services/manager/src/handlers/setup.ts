/** Setup: the uploaded folder becomes datasets, hidden labels and a data card. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Bus, PermanentFailure } from '@modelwright/bus';
import {
  type DatasetTask,
  datasetTask,
  type TreeRef,
  type Work,
  type WorkResult,
} from '@modelwright/contracts';
import type { Harness } from '../adapters/harness.ts';
import type { Scratch } from '../adapters/scratch.ts';

export interface SetupPorts {
  readonly bus: Bus;
  readonly harness: Harness;
  readonly scratch: Scratch;
}

export async function setUp(ports: SetupPorts, work: Extract<Work, { role: 'setup' }>): Promise<WorkResult> {
  const { bus, harness, scratch } = ports;
  return await scratch.use('setup', async (folder) => {
    const source = join(folder, 'source');
    const out = join(folder, 'prepared');
    await bus.store.getTree(work.source, source);
    const { task } = work;
    if (task === null) throw new PermanentFailure('no-task', 'the folder has no task.yaml');
    const prepared = await harness.prepare({ task, folder: source, out, seed: splitSeed(work) });
    const dataset = (name: string) => bus.store.putTree('datasets', join(out, 'datasets', name));
    const has = (path: string) => prepared.files.some((file) => file.path.startsWith(path));
    const optional = async (path: string, put: () => Promise<TreeRef>) =>
      has(path) ? refOf(await put()) : null;
    return {
      role: 'setup',
      task: null,
      data: {
        datasets: {
          train: refOf(await dataset('train')),
          all: refOf(await dataset('all')),
          score: refOf(await dataset('score')),
          holdout: prepared.rows.holdout === 0 ? null : refOf(await dataset('holdout')),
          test: await optional('datasets/test/', () => dataset('test')),
        },
        truth: refOf(await bus.store.putTree('truth', join(out, 'truth'))),
        task: await readTask(join(out, 'datasets', 'train', 'task.json')),
        rows: prepared.rows,
        card: refOf(await bus.store.putTree('datasets', out, { exclude: (path) => path !== 'card.json' })),
        form: await optional('submission/', () => bus.store.putTree('datasets', join(out, 'submission'))),
        split: { by: prepared.split.by, reason: splitReason(prepared.split.evidence), seed: work.seed },
        warnings: prepared.warnings.map(({ message }) => message),
      },
    };
  });
}

/**
 * Secret from generated code, which knows no hash of the source: who could guess the seed could undo the shuffling.
 * The same for the same seed and data.
 */
function splitSeed({ seed, source }: Extract<Work, { role: 'setup' }>): string {
  return `${seed}:${source.sha256}`;
}

async function readTask(path: string): Promise<DatasetTask> {
  return datasetTask.parse(JSON.parse(await readFile(path, 'utf8')));
}

function refOf({ kind, store, sha256, size }: TreeRef): TreeRef {
  return { kind, store, sha256, size };
}

function splitReason(evidence: readonly { finding: string; decides: boolean }[]): string {
  const deciding = evidence.filter(({ decides }) => decides).map(({ finding }) => finding);
  return deciding.length === 0 ? 'nothing in the data speaks for another rule' : deciding.join('; ');
}
