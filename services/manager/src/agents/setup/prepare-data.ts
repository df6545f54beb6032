/** A task and its folder become datasets, hidden labels and a data card, all in the stores. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type DatasetTask,
  datasetTask,
  type PreparedData,
  type Task,
  type TreeRef,
} from '@modelwright/contracts';
import { storeRounds } from './prepared-rounds.ts';
import type { SetupPorts, SetupWork } from './setup-seat.ts';

/** @param folder The user's files, on this host. @throws PermanentFailure when they do not suit the task. */
export async function prepareData(
  { store, harness, scratch }: SetupPorts,
  work: Pick<SetupWork, 'seed' | 'source'>,
  task: Task,
  folder: string,
): Promise<PreparedData> {
  return await scratch.use('prepared', async (place) => {
    const out = join(place, 'out');
    const prepared = await harness.prepare({ task, folder, out, seed: splitSeed(work) });
    const assets = task.constraints?.assets;
    const dataset = (name: string) => store.putTree('datasets', join(out, 'datasets', name));
    const has = (path: string) => prepared.files.some((file) => file.path.startsWith(path));
    const optional = async (path: string, put: () => Promise<TreeRef>) =>
      has(path) ? refOf(await put()) : null;
    return {
      datasets: {
        train: refOf(await dataset('train')),
        all: refOf(await dataset('all')),
        score: refOf(await dataset('score')),
        holdout: prepared.rows.holdout === 0 ? null : refOf(await dataset('holdout')),
        test: await optional('datasets/test/', () => dataset('test')),
      },
      truth: refOf(await store.putTree('truth', join(out, 'truth'))),
      task: await readTask(join(out, 'datasets', 'train', 'task.json')),
      rows: prepared.rows,
      card: refOf(await store.putTree('datasets', out, { exclude: (path) => path !== 'card.json' })),
      form: await optional('submission/', () => store.putTree('datasets', join(out, 'submission'))),
      split: { by: prepared.split.by, reason: splitReason(prepared.split.evidence), seed: work.seed },
      warnings: prepared.warnings.map(({ message }) => message),
      findings: prepared.findings,
      ...(has('grader/') ? await storeGrader(store, join(out, 'grader')) : {}),
      ...(await storeRounds(prepared, out, async (path) => refOf(await store.putTree('datasets', path)))),
      ...(assets === undefined ? {} : { assets }),
    };
  });
}

/** Once where hidden labels are, and once for those who see only training rows. */
async function storeGrader(
  store: SetupPorts['store'],
  folder: string,
): Promise<Pick<PreparedData, 'grader' | 'oofGrader'>> {
  return {
    grader: refOf(await store.putTree('truth', folder)),
    oofGrader: refOf(await store.putTree('datasets', folder)),
  };
}

/**
 * Secret from generated code, which knows no hash of the source: who could guess the seed could undo the shuffling.
 * The same for the same seed and data.
 */
function splitSeed({ seed, source }: Pick<SetupWork, 'seed' | 'source'>): string {
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
  return deciding.length === 0 ? 'nothing in the data speaks for another rule' : deciding.join(' ');
}
