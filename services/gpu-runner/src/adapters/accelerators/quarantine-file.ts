/** Quarantines on disk: a GPU that failed stays out of use over restarts of the runner, until a person has looked at it. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Quarantine } from '../../core/accelerators/book.ts';

const contents = z.object({
  /** By the accelerator. */
  quarantined: z.record(z.string(), z.object({ reason: z.string(), since: z.number() })),
  /** When a person released it: what the kernel's log had said before is settled. */
  released: z.record(z.string(), z.number()),
});
type Contents = z.infer<typeof contents>;

/** What a person has said. */
export interface Released {
  readonly uuids: readonly string[];
  readonly at: number;
}

export class QuarantineFile {
  readonly #path: string;
  #contents: Contents;

  private constructor(path: string, read: Contents) {
    this.#path = path;
    this.#contents = read;
  }

  static async open(path: string): Promise<QuarantineFile> {
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    const empty = { quarantined: {}, released: {} };
    return new QuarantineFile(path, text === null ? empty : contents.parse(JSON.parse(text)));
  }

  get quarantined(): ReadonlyArray<readonly [string, Quarantine]> {
    return Object.entries(this.#contents.quarantined);
  }

  releasedAt(uuid: string): number {
    return this.#contents.released[uuid] ?? 0;
  }

  /** @param quarantined All that stand now. @param person What a person has said just now. */
  async write(
    quarantined: ReadonlyArray<readonly [string, Quarantine]>,
    person: Released | null = null,
  ): Promise<void> {
    const released = { ...this.#contents.released };
    for (const uuid of person?.uuids ?? []) released[uuid] = person?.at ?? 0;
    this.#contents = { quarantined: Object.fromEntries(quarantined), released };
    const temporary = `${this.#path}.new`;
    await writeFile(temporary, JSON.stringify(this.#contents, null, 1));
    await rename(temporary, this.#path);
  }
}
