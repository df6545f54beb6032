/** A folder that the site provides on its hosts; what is asked for is copied and hashed, so that it stays as it was. */
import { copyFile, mkdir, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { AssetSource } from '@modelwright/contracts';
import { type AssetFile, totalBytes } from '../../core/assets/asset-manifest.ts';
import { AssetFailure } from './asset-failure.ts';
import type { FoundAsset } from './found-asset.ts';
import { hashesOf } from './hashes.ts';

export type SiteRequest = Extract<AssetSource, { kind: 'site' }>;

interface SiteFile {
  readonly path: string;
  /** Where it really lies. */
  readonly from: string;
  readonly bytes: number;
  readonly changedAt: number;
}

/** Deeper than this only links that lead back to themselves go. */
const DEEPEST = 30;

export class SiteSource {
  readonly #root: string | null;

  /** @param root Null: the site provides none. */
  constructor(root: string | null) {
    this.#root = root;
  }

  async find({ path }: SiteRequest): Promise<FoundAsset> {
    if (this.#root === null) throw refusal(path, 'this host has no folder of assets (RUNNER_SITE_ASSETS)');
    const walk = new Walk(await realpath(this.#root), path);
    const place = await walk.resolve(join(this.#root, path));
    const files = (await stat(place)).isDirectory()
      ? await walk.folder(place, '', 0)
      : [await walk.file(place, basename(path))];
    if (files.length === 0) throw refusal(path, 'it is an empty folder');
    return {
      identity: JSON.stringify(['site', path, files.map((file) => [file.path, file.bytes, file.changedAt])]),
      bytes: totalBytes(files),
      licence: null,
      commit: null,
      fetch: (folder) => copyAll(files, folder),
    };
  }
}

/** Links are followed as long as they stay in the site's folder. */
class Walk {
  readonly #root: string;
  readonly #asked: string;

  constructor(root: string, asked: string) {
    this.#root = root;
    this.#asked = asked;
  }

  async folder(place: string, below: string, depth: number): Promise<SiteFile[]> {
    if (depth > DEEPEST) throw refusal(this.#asked, `its folders lie more than ${DEEPEST} deep`);
    const files: SiteFile[] = [];
    for (const name of (await readdir(place)).sort()) {
      const [inner, path] = [await this.resolve(join(place, name)), join(below, name)];
      if ((await stat(inner)).isDirectory()) files.push(...(await this.folder(inner, path, depth + 1)));
      else files.push(await this.file(inner, path));
    }
    return files;
  }

  async file(from: string, path: string): Promise<SiteFile> {
    const found = await stat(from);
    if (!found.isFile()) throw refusal(this.#asked, `${path} is neither a file nor a folder`);
    return { path, from, bytes: found.size, changedAt: found.mtimeMs };
  }

  async resolve(path: string): Promise<string> {
    const real = await realpath(path).catch((cause: unknown) => {
      const message = `site:${this.#asked}: there is no ${path.slice(this.#root.length + 1)}`;
      throw new AssetFailure(message, { passing: false, cause });
    });
    if (real !== this.#root && !real.startsWith(`${this.#root}/`)) {
      throw refusal(this.#asked, 'a link leads out of the folder of assets');
    }
    return real;
  }
}

async function copyAll(files: readonly SiteFile[], folder: string): Promise<AssetFile[]> {
  const copied: AssetFile[] = [];
  for (const { path, from } of files) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(from, target);
    const { bytes, sha256 } = await hashesOf(target);
    copied.push({ path, bytes, sha256 });
  }
  return copied;
}

function refusal(path: string, why: string): AssetFailure {
  return new AssetFailure(`site:${path}: ${why}`, { passing: false });
}
