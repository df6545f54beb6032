/** What lies where in the folder of a job's assets: several of them may share places, and not all can. */
import type { Placement } from './placements.ts';

export type Place =
  | { readonly kind: 'free' }
  /** The same lies there already. */
  | { readonly kind: 'same' }
  | { readonly kind: 'clash'; readonly reason: string };

export class Placed {
  /** Path → what it holds. */
  readonly #files = new Map<string, { readonly content: string; readonly asset: string }>();
  /** Path of a folder → an asset that has something in it. */
  readonly #folders = new Map<string, string>();

  /** Takes the place for this asset, if it is free. */
  take(asset: string, placement: Placement): Place {
    const { to } = placement;
    const content = placement.kind === 'file' ? `sha256 ${placement.sha256}` : `text ${placement.text}`;
    const before = this.#files.get(to);
    if (before?.content === content) return { kind: 'same' };
    if (before !== undefined) {
      return clash(before.asset, asset, `both have a file ${to}, and not the same`);
    }
    const folders = foldersOf(to);
    const file = folders.find((folder) => this.#files.has(folder));
    const other = this.#folders.get(to) ?? this.#files.get(file ?? '')?.asset;
    if (other !== undefined) return clash(other, asset, `need ${file ?? to} as a file and as a folder`);
    this.#files.set(to, { content, asset });
    for (const folder of folders) if (!this.#folders.has(folder)) this.#folders.set(folder, asset);
    return { kind: 'free' };
  }
}

function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

function clash(one: string, other: string, what: string): Place {
  const who = one === other ? `the files of "${one}"` : `"${one}" and "${other}"`;
  return { kind: 'clash', reason: `${who} cannot lie side by side: they ${what}` };
}
