/** What a model is made of, as components of a CycloneDX document. */
import type { AssetRecord } from '@modelwright/contracts';
import type { FileDigest } from '../provenance/digest.ts';
import type { ReportInput } from '../run/input.ts';
import { fetchedIn } from '../run/measured.ts';
import type { RunReport } from '../run/run-report.ts';
import { pinnedPackages } from './python-packages.ts';

export interface Component {
  readonly 'bom-ref': string;
  readonly type: string;
  readonly name: string;
  readonly version?: string;
  readonly purl?: string;
  readonly description?: string;
  readonly hashes?: ReadonlyArray<{ readonly alg: 'SHA-256'; readonly content: string }>;
  readonly licenses?: ReadonlyArray<{ readonly license: { readonly name: string } }>;
  readonly data?: ReadonlyArray<{
    readonly type: string;
    readonly name: string;
    readonly description?: string;
  }>;
  readonly properties?: readonly Property[];
}

export interface Property {
  readonly name: string;
  readonly value: string;
}

export const property = (name: string, value: string): Property => ({ name: `modelwright:${name}`, value });

const hashed = (content: string) => [{ alg: 'SHA-256' as const, content }];

/** What each part of the data was for. */
const USES: Readonly<Record<string, string>> = {
  train: 'What candidates were trained on.',
  all: 'Every labelled row: what a refitted model is trained on.',
  score: 'Inputs on which candidates were judged; their labels were hidden.',
  holdout: 'Inputs on which the chosen model was judged once; their labels were hidden.',
  test: 'Inputs without labels, for the submission.',
};

export function datasetComponents({ data, submitted }: RunReport): Component[] {
  const source =
    submitted === null
      ? []
      : [dataset('source', submitted.source.sha256, 'The task folder as it was given.')];
  const parts = Object.entries(data?.datasets ?? {}).flatMap(([name, tree]) =>
    tree === null ? [] : [dataset(name, tree.sha256, USES[name] ?? 'A part of the data.')],
  );
  return [...source, ...parts];
}

function dataset(name: string, sha256: string, description: string): Component {
  return {
    'bom-ref': `dataset:${name}`,
    type: 'data',
    name,
    description,
    hashes: hashed(sha256),
    data: [{ type: 'dataset', name, description }],
  };
}

export function packageComponents({ requirements }: RunReport): Component[] {
  return pinnedPackages(requirements ?? '').map(({ name, version }) => {
    const purl = `pkg:pypi/${name}@${encodeURIComponent(version)}`;
    return { 'bom-ref': purl, type: 'library', name, version, purl };
  });
}

export function assetComponents({ outcomes }: ReportInput): Component[] {
  return fetchedIn(outcomes).assets.map(asset);
}

function asset({ name, source, sha256, licence }: AssetRecord): Component {
  return {
    'bom-ref': `asset:${name}:${sha256.slice(0, 12)}`,
    type: 'machine-learning-model',
    name,
    description: `Pretrained weights or another file that candidates were given, from ${source}.`,
    hashes: hashed(sha256),
    ...(licence === null ? {} : { licenses: [{ license: { name: licence } }] }),
    properties: [property('source', source)],
  };
}

export function fileComponents(files: readonly FileDigest[]): Component[] {
  return files.map(({ path, sha256, size }) => ({
    'bom-ref': `file:${path}`,
    type: 'file',
    name: path,
    hashes: hashed(sha256),
    properties: [property('bytes', String(size))],
  }));
}
