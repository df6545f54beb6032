/** Private folders for work in hand: made when needed, gone when done, whatever happens. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

export interface Scratch {
  use<Result>(name: string, work: (folder: string) => Promise<Result>): Promise<Result>;
}

/** Below `home`/scratch, readable by this user alone: labels lie there for moments. */
export function createScratch(home: string): Scratch {
  const parent = join(home, 'scratch');
  return {
    async use(name, work) {
      await mkdir(parent, { recursive: true, mode: 0o700 });
      const folder = await mkdtemp(join(parent, `${name}-`));
      try {
        return await work(folder);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}
