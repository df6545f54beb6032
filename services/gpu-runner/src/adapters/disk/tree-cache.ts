/**
 * Datasets and models on this host, one folder a content, fetched and verified once.
 *
 * A job gets hard links, so throwing a tree out of the cache never touches a job that uses it. Where programs run
 * with the rights of the runner itself they could write through a link: there they get copies.
 *
 * What is being fetched or placed right now counts with its full size and is not thrown out, so that the bound holds
 * however many jobs begin at a time.
 */
import { copyFile, link, mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { type ContentStore, PermanentFailure } from '@modelwright/bus';
import type { TreeRef } from '@modelwright/contracts';
import { folderBytes, pathExists } from './folder-facts.ts';

export interface TreeCacheOptions {
  readonly root: string;
  readonly maxBytes: number;
  readonly share: 'link' | 'copy';
}

export class TreeCache {
  readonly #store: Pick<ContentStore, 'getTree'>;
  readonly #options: TreeCacheOptions;
  readonly #underWay = new Map<string, Promise<string>>();
  readonly #inUse = new Map<string, { readonly bytes: number; users: number }>();
  /** One after the other looks whether a tree is there, or throws trees out. */
  #turn: Promise<unknown> = Promise.resolve();
  /** Milliseconds since the epoch. */
  #lastUse = 0;

  constructor(store: Pick<ContentStore, 'getTree'>, options: TreeCacheOptions) {
    this.#store = store;
    this.#options = options;
  }

  /** Puts the tree, or only the subfolder `path` of it, at `target`, which must not exist. */
  async provide(ref: TreeRef, path: string | null, target: string): Promise<void> {
    using _inUse = this.#use(ref);
    const cached = await this.#ensure(ref);
    const source = path === null ? cached : join(cached, path);
    if (!(await pathExists(source))) {
      throw new PermanentFailure('missing-content', `The tree ${ref.sha256} has no folder "${path}".`);
    }
    await this.#place(source, target);
  }

  #use({ sha256, size }: TreeRef): Disposable {
    const use = this.#inUse.get(sha256) ?? { bytes: size, users: 0 };
    use.users += 1;
    this.#inUse.set(sha256, use);
    return {
      [Symbol.dispose]: () => {
        use.users -= 1;
        if (use.users === 0) this.#inUse.delete(sha256);
      },
    };
  }

  #isInUse(name: string): boolean {
    return this.#inUse.has(name.replace('.unfinished', ''));
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
    if (await this.#inTurn(() => this.#isThere(place))) return place;
    const unfinished = `${place}.unfinished`;
    // A runner that was killed meanwhile has left what had come.
    await this.#store.getTree(ref, unfinished, { resume: true });
    await this.#markUsed(unfinished);
    await rename(unfinished, place);
    return place;
  }

  /** Thrown out last from now on: of two uses in one millisecond the later counts as later. */
  async #markUsed(folder: string): Promise<void> {
    this.#lastUse = Math.max(Date.now(), this.#lastUse + 1);
    const time = new Date(this.#lastUse);
    await utimes(folder, time, time);
  }

  /** If not, there is room for it now. */
  async #isThere(place: string): Promise<boolean> {
    if (await pathExists(place)) {
      await this.#markUsed(place);
      return true;
    }
    await this.#makeRoom();
    return false;
  }

  #inTurn<Result>(doing: () => Promise<Result>): Promise<Result> {
    const mine = this.#turn.then(doing);
    this.#turn = mine.catch(() => undefined); // whoever asked is told; the next one is not concerned
    return mine;
  }

  /** Throws out what was not used for longest until all that is in use fits. */
  async #makeRoom(): Promise<void> {
    const { root, maxBytes } = this.#options;
    await mkdir(root, { recursive: true, mode: 0o711 });
    const idle = (await readdir(root)).filter((name) => !this.#isInUse(name));
    const kept = await Promise.all(
      idle.map(async (name) => {
        const path = join(root, name);
        return { name, path, usedAt: (await stat(path)).mtimeMs, bytes: await folderBytes(path) };
      }),
    );
    const inUse = [...this.#inUse.values()].reduce((sum, tree) => sum + tree.bytes, 0);
    let total = inUse + kept.reduce((sum, tree) => sum + tree.bytes, 0);
    for (const tree of kept.sort((a, b) => a.usedAt - b.usedAt)) {
      if (total <= maxBytes) return;
      if (this.#isInUse(tree.name)) continue; // since a moment ago
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
