/** A file at a URL, named by its sha256: from wherever it comes, it is the one that was asked for. */
import { join } from 'node:path';
import { type AssetSource, relativePath } from '@modelwright/contracts';
import { AssetFailure } from './asset-failure.ts';
import type { Downloads } from './downloads.ts';
import type { FoundAsset } from './found-asset.ts';

export type UrlRequest = Extract<AssetSource, { kind: 'url' }>;

export class UrlSource {
  readonly #downloads: Downloads;
  readonly #maxBytes: number;

  constructor(downloads: Downloads, maxBytes: number) {
    this.#downloads = downloads;
    this.#maxBytes = maxBytes;
  }

  find({ url, sha256 }: UrlRequest): Promise<FoundAsset> {
    const path = fileName(url);
    return Promise.resolve({
      identity: JSON.stringify(['url', sha256, path]),
      bytes: null,
      licence: null,
      commit: null,
      fetch: async (folder) => {
        const expected = { bytes: null, hash: { kind: 'sha256', value: sha256 } } as const;
        const wanted = { url, name: url, headers: {}, expected, maxBytes: this.#maxBytes };
        const { bytes } = await this.#downloads.fetch(wanted, join(folder, path));
        return [{ path, bytes, sha256 }];
      },
    });
  }
}

/** The last part of its path. */
function fileName(url: string): string {
  const name = new URL(url).pathname.split('/').at(-1) ?? '';
  if (relativePath.safeParse(name).success) return name;
  throw new AssetFailure(`${url} names no file`, { passing: false });
}
