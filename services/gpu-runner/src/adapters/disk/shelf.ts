/**
 * Folders that jobs share on this host, thrown out by size when nobody uses them.
 *
 *   <root>/<name>/content/      what is shared
 *   <root>/<name>/ready.json    written last: its size, and what its maker remembers; its age is that of the last use
 *   <root>/<name>/users/<hash>  one file a user, with the path of that user's folder
 *
 * Whose folder is gone uses it no more. So nobody needs to give anything back, and a restart forgets no user.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Shelved, toThrowOut } from '../../core/shelf.ts';
import { folderBytes, pathExists } from './folder-facts.ts';
import { readWhole, writeWhole } from './whole-file.ts';

const BIN = '.thrown-out';

/** Null where it cannot be read: then it counts as not made. */
const ready = z.object({ bytes: z.int().nonnegative(), kept: z.unknown() }).nullable().catch(null);

export interface ShelfOptions<Kept> {
  readonly root: string;
  readonly maxBytes: number;
  /** What its maker remembers of each. */
  readonly kept: z.ZodType<Kept>;
  readonly clock: () => number;
}

export class Shelf<Kept> {
  readonly #options: ShelfOptions<Kept>;
  /** A user is recorded, or something thrown out: never both at once. */
  #turn: Promise<unknown> = Promise.resolve();
  #lastUse = 0;

  constructor(options: ShelfOptions<Kept>) {
    this.#options = options;
  }

  get maxBytes(): number {
    return this.#options.maxBytes;
  }

  content(name: string): string {
    return join(this.#options.root, name, 'content');
  }

  /** Beside the content, for what its maker needs meanwhile; gone once it is finished. */
  workshop(name: string): string {
    return join(this.#options.root, name, 'workshop');
  }

  /** From here on `user`, a folder, uses it. Returns what its maker remembered; null while it has to be made. */
  async use(name: string, user: string): Promise<Kept | null> {
    return await this.#inTurn(async () => {
      const users = join(this.#options.root, name, 'users');
      await mkdir(users, { recursive: true, mode: 0o711 });
      const file = createHash('sha256').update(user).digest('hex').slice(0, 32);
      await writeFile(join(users, file), user);
      const known = await readWhole(this.#readyFile(name), ready);
      if (known === null) return null;
      await this.#markUsed(name);
      return this.#options.kept.parse(known.kept);
    });
  }

  /** Empty folders for content and workshop, whatever was there. */
  async begin(name: string): Promise<void> {
    for (const folder of [this.content(name), this.workshop(name)]) {
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { recursive: true, mode: 0o755 });
    }
  }

  /** It is complete. Others that nobody uses are thrown out for it. */
  async finish(name: string, kept: Kept): Promise<void> {
    await rm(this.workshop(name), { recursive: true, force: true });
    const bytes = await folderBytes(this.content(name));
    await writeWhole(this.#readyFile(name), { bytes, kept });
    await this.#markUsed(name);
    await this.makeRoom(0);
  }

  /** It could not be made. Who still wants it may try again. */
  async abandon(name: string): Promise<void> {
    await rm(this.content(name), { recursive: true, force: true });
    await rm(this.workshop(name), { recursive: true, force: true });
  }

  /** Throws out what was not used for longest, as far as it is not in use. */
  async makeRoom(wanted: number): Promise<void> {
    await this.#inTurn(async () => {
      const shelved = await this.#shelved();
      // Not even made, and nobody waits for it: it was given up, or its maker was killed.
      const halves = shelved.filter(({ finished, inUse }) => !(finished || inUse)).map(({ name }) => name);
      const whole = shelved.filter(({ finished }) => finished);
      for (const name of [...halves, ...toThrowOut(whole, wanted, this.#options.maxBytes)]) {
        await this.#setAside(name);
      }
    });
    await this.#emptyBin();
  }

  /** At once out of everybody's way; removing it may take long. */
  async #setAside(name: string): Promise<void> {
    await mkdir(this.#bin, { recursive: true, mode: 0o700 });
    await rename(join(this.#options.root, name), join(this.#bin, `${name}-${randomUUID()}`));
  }

  async #emptyBin(): Promise<void> {
    for (const name of await namesIn(this.#bin)) {
      await rm(join(this.#bin, name), { recursive: true, force: true });
    }
  }

  get #bin(): string {
    return join(this.#options.root, BIN);
  }

  async #shelved(): Promise<(Shelved & { readonly finished: boolean })[]> {
    const names = (await namesIn(this.#options.root)).filter((name) => name !== BIN);
    return await Promise.all(names.map((name) => this.#look(name)));
  }

  async #look(name: string): Promise<Shelved & { readonly finished: boolean }> {
    const inUse = await this.#hasUsers(name);
    const known = await readWhole(this.#readyFile(name), ready);
    if (known === null) return { name, bytes: 0, usedAt: 0, inUse, finished: false };
    const { mtimeMs } = await stat(this.#readyFile(name));
    return { name, bytes: known.bytes, usedAt: mtimeMs, inUse, finished: true };
  }

  async #hasUsers(name: string): Promise<boolean> {
    const users = join(this.#options.root, name, 'users');
    let found = false;
    for (const file of await namesIn(users)) {
      const user = await readFile(join(users, file), 'utf8');
      if (user !== '' && (await pathExists(user))) found = true;
      else await rm(join(users, file), { force: true });
    }
    return found;
  }

  /** Of two uses in one millisecond the later counts as later. */
  async #markUsed(name: string): Promise<void> {
    this.#lastUse = Math.max(this.#options.clock(), this.#lastUse + 1);
    const time = new Date(this.#lastUse);
    await utimes(this.#readyFile(name), time, time);
  }

  #readyFile(name: string): string {
    return join(this.#options.root, name, 'ready.json');
  }

  #inTurn<Result>(doing: () => Promise<Result>): Promise<Result> {
    const mine = this.#turn.then(doing);
    this.#turn = mine.catch(() => undefined); // whoever asked is told; the next one is not concerned
    return mine;
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
}
