/**
 * Where a job finds its assets: under their names, and where the usual libraries look when they may not ask a hub.
 *
 *   <name>/…                                                     the files as the source has them
 *   .hub/hub/models--<organisation>--<name>/refs/<revision>      what a model hub's own client keeps: the commit
 *   .hub/hub/models--<organisation>--<name>/snapshots/<commit>/… and its files
 *   .torch/hub/checkpoints/<file>                                what was fetched by URL, where torch.hub looks for it
 */
import type { AssetRequest } from '@modelwright/contracts';
import type { AssetFile } from './asset-manifest.ts';

export type Placement =
  | { readonly kind: 'file'; readonly from: string; readonly to: string; readonly sha256: string }
  | { readonly kind: 'text'; readonly text: string; readonly to: string };

export const HUB_HOME = '.hub';
export const TORCH_HOME = '.torch';

/** @param commit Of a hub's repository, else null. Paths in `from` are those of `files`. */
export function placements(
  { name, source }: AssetRequest,
  files: readonly AssetFile[],
  commit: string | null,
): Placement[] {
  const below = (folder: string) =>
    files.map(
      ({ path, sha256 }): Placement => ({ kind: 'file', from: path, to: `${folder}/${path}`, sha256 }),
    );
  const found = below(name);
  if (source.kind === 'hub' && commit !== null) {
    const kept = `${HUB_HOME}/hub/models--${source.repository.replaceAll('/', '--')}`;
    found.push({ kind: 'text', text: commit, to: `${kept}/refs/${source.revision}` });
    found.push(...below(`${kept}/snapshots/${commit}`));
  }
  if (source.kind === 'url') found.push(...below(`${TORCH_HOME}/hub/checkpoints`));
  return found;
}

/** The environment of a program; `assets` is where it sees them, null when it has none. */
export function assetVariables(assets: string | null): Record<string, string> {
  // There is no network: a library that knows this says at once what it lacks.
  const offline = { HF_HUB_OFFLINE: '1', TRANSFORMERS_OFFLINE: '1', HF_DATASETS_OFFLINE: '1' };
  if (assets === null) return offline;
  return {
    ...offline,
    MW_ASSETS: assets,
    HF_HOME: `${assets}/${HUB_HOME}`,
    TORCH_HOME: `${assets}/${TORCH_HOME}`,
    // What these libraries write must not go where nothing can be written.
    HF_MODULES_CACHE: '@{tmp}/hf-modules',
    HF_DATASETS_CACHE: '@{tmp}/hf-datasets',
    HF_ASSETS_CACHE: '@{tmp}/hf-assets',
    HF_XET_CACHE: '@{tmp}/hf-xet',
  };
}
