/**
 * Folders for work trees: a fresh one each time an assignment is taken up, since a worker that only seems dead may still
 * write into its own. Everything in them can be had again from the last version in the transcript.
 *
 *     <home>/workspaces/<service>-<name>/<process id>/<assignment>-<drawn>/
 */
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

export interface WorkPlace extends AsyncDisposable {
  readonly folder: string;
}

export interface WorkPlaces {
  take(assignment: string): Promise<WorkPlace>;
}

/** Opens the places of this process, and removes what processes of the same name left that are gone. */
export async function openWorkPlaces(home: string, worker: string): Promise<WorkPlaces> {
  const own = join(home, 'workspaces', worker);
  await mkdir(own, { recursive: true });
  for (const entry of await readdir(own)) {
    if (!isAnotherLiveProcess(Number(entry))) await rm(join(own, entry), { recursive: true, force: true });
  }
  const here = join(own, String(process.pid));
  await mkdir(here, { recursive: true });
  return {
    take: async (assignment) => {
      const folder = await mkdtemp(join(here, `${assignment}-`));
      return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
    },
  };
}

function isAnotherLiveProcess(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
