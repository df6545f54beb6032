/**
 * Datasets and models on this host, one folder a content, fetched and verified once.
 *
 * A job gets hard links, so throwing a tree out of the cache never touches a job that uses it. Where programs run
 * with the rights of the runner itself they could write through a link: there they get copies.
 */
import { copyFile, link, mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { type ContentStore, PermanentFailure } from '@modelwright/bus';
import type { TreeRef } from '@modelwright/contracts';

export interface TreeCacheOptions {
  readonly root: string;
  readonly maxBytes: number;
  readonly share: 'link' | 'copy';
}

export class TreeCache {
  readonly #store: Pick<ContentStore, 'getTree'>;
  readonly #options: TreeCacheOptions;
  readonly #underWay = new Map<string, Promise<string>>();
  /** Milliseconds since the epoch. */
  #lastUse = 0;

  constructor(store: Pick<ContentStore, 'getTree'>, options: TreeCacheOptions) {
    this.#store = store;
    this.#options = options;
  }

  /** Puts the tree, or only the subfolder `path` of it, at `target`, which must not exist. */
  async provide(ref: TreeRef, path: string | null, target: string): Promise<void> {
    const cached = await this.#ensure(ref);
    const source = path === null ? cached : join(cached, path);
    if (!(await exists(source))) {
      throw new PermanentFailure('missing-content', `The tree ${ref.sha256} has no folder "${path}".`);
    }
    await this.#place(source, target);
  }

  async #ensure(ref: TreeRef): Promise<string> {
    const place = join(this.#options.root, ref.sha256);
    const under = this.#underWay.get(ref.sha256);
    if (under !== undefined) return await under;
    const fetching = this.#fetch(ref, place).finally(() => this.#underWay.delete(ref.sha256));
    this.#underWay.set(ref.sha256, fetching);
    return await fetching;
  }

  async #fetch(ref: TreeRef, place: string): Promise<string> {
    if (await exists(place)) {
      await this.#markUsed(place);
      return place;
    }
    await this.#makeRoom(ref.size);
    const unfinished = `${place}.unfinished`;
    await rm(unfinished, { recursive: true, force: true });
    await this.#store.getTree(ref, unfinished);
    await this.#markUsed(unfinished);
    await rename(unfinished, place);
    return place;
  }

  #isUnderWay(name: string): boolean {
    return this.#underWay.has(name.replace('.unfinished', ''));
  }

  /** Thrown out last from now on: of two uses in one millisecond the later counts as later. */
  async #markUsed(folder: string): Promise<void> {
    this.#lastUse = Math.max(Date.now(), this.#lastUse + 1);
    const time = new Date(this.#lastUse);
    await utimes(folder, time, time);
  }

  /** Throws out what was not used for longest until the new tree fits. */
  async #makeRoom(bytes: number): Promise<void> {
    await mkdir(this.#options.root, { recursive: true, mode: 0o711 });
    // What another job is fetching right now is about to get another name.
    const settled = (await readdir(this.#options.root)).filter((name) => !this.#isUnderWay(name));
    const kept = await Promise.all(
      settled.map(async (name) => {
        const path = join(this.#options.root, name);
        return { path, usedAt: (await stat(path)).mtimeMs, bytes: await folderBytes(path) };
      }),
    );
    let total = bytes + kept.reduce((sum, tree) => sum + tree.bytes, 0);
    for (const tree of kept.sort((a, b) => a.usedAt - b.usedAt)) {
      if (total <= this.#options.maxBytes) return;
      await rm(tree.path, { recursive: true, force: true });
      total -= tree.bytes;
    }
  }

  async #place(source: string, target: string): Promise<void> {
    await mkdir(target);
    for (const entry of await readdir(source, { withFileTypes: true })) {
      const [from, to] = [join(source, entry.name), join(target, entry.name)];
      if (entry.isDirectory()) await this.#place(from, to);
      else if (this.#options.share === 'link') await link(from, to);
      else await copyFile(from, to);
    }
  }
}

async function folderBytes(folder: string): Promise<number> {
  let total = 0;
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) total += (await stat(join(entry.parentPath, entry.name))).size;
  }
  return total;
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}
