/** The report of a run, the bill of materials of what it delivered, and the statement of where its files come from. */
import { join } from 'node:path';
import type { Bus } from '@modelwright/bus';
import type { TreeRef } from '@modelwright/contracts';
import {
  type FileDigest,
  mlBom,
  PROVENANCE_FILE,
  provenanceStatement,
  type ReportInput,
} from '@modelwright/report';
import { digestOf } from './file-digests.ts';
import { writeWhole } from './whole-file.ts';

export const REPORT_FILE = 'report.html';
const BOM_FILE = 'bom.json';
/** Written beside the deliverable, by whoever writes the results. */
const OURS = [
  'submission.csv',
  'run.json',
  'events.jsonl',
  'insights.md',
  'task.yaml',
  REPORT_FILE,
  BOM_FILE,
];

/** Loads the plotting library only when a page is written. */
export async function writeReport(input: ReportInput, file: string): Promise<void> {
  const { reportPage } = await import('@modelwright/report/page');
  await writeWhole(file, reportPage(input));
}

/** After everything else has been written: it speaks of the files that are there. */
export async function writeProvenance(
  bus: Bus,
  input: ReportInput,
  to: { readonly folder: string; readonly deliverable: TreeRef },
): Promise<void> {
  const { folder, deliverable } = to;
  const manifest = await bus.store.readManifest(deliverable);
  const delivered = manifest.files.map(({ path, sha256, size }) => ({ path, sha256, size }));
  const bom = mlBom(input, delivered);
  await writeWhole(join(folder, BOM_FILE), `${JSON.stringify(bom, null, 2)}\n`);
  const stated = provenanceStatement(input, [...delivered, ...(await besides(folder, delivered))]);
  await writeWhole(join(folder, PROVENANCE_FILE), `${JSON.stringify(stated, null, 2)}\n`);
}

async function besides(folder: string, delivered: readonly FileDigest[]): Promise<FileDigest[]> {
  const names = OURS.filter((name) => delivered.every(({ path }) => path !== name));
  const digests = await Promise.all(names.map((name) => digestOf(folder, name)));
  return digests.flatMap((digest) => (digest === null ? [] : [digest]));
}
