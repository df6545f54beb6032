/** One process per runner's name and host: two would adopt each other's jobs for ever. */
import { readFile, rm, writeFile } from 'node:fs/promises';

/** Takes the lock file, or throws with what to do. Returns how to let go; a process that was killed needs not. */
export async function lockRunner(path: string, pid: number): Promise<() => Promise<void>> {
  const mine = `${pid} ${(await startOf(pid)) ?? ''}`;
  for (;;) {
    const taken = await writeFile(path, mine, { flag: 'wx' }).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') return false;
        throw error;
      },
    );
    if (taken) return () => rm(path, { force: true });
    const holder = await readFile(path, 'utf8').catch(() => '');
    if (await isAlive(holder)) {
      throw new Error(
        `Process ${holder.split(' ')[0]} runs a runner of the same name here (${path}). Stop it, or give this one another MODELWRIGHT_NAME.`,
      );
    }
    await rm(path, { force: true });
  }
}

async function isAlive(holder: string): Promise<boolean> {
  const [pid = '', started = ''] = holder.split(' ');
  if (!/^\d+$/.test(pid)) return false;
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    // No permission to signal it means that it is there.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  const now = await startOf(Number(pid));
  return now === null || now === started;
}

/**
 * When the process was started, in ticks since the boot, so that a reused process id is told apart; `ended` while only its
 * parent has not taken notice of its end. Null where there is no /proc to tell.
 */
async function startOf(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
  return fields[0] === 'Z' ? 'ended' : (fields[19] ?? null);
}
