/** Ends what runners of a test left running, as they are meant to. */
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { reap, stop, waitForExit } from '@modelwright/sandbox';

/** `runners`: the folder of their homes. */
export async function endPrograms(runners: string, python: string): Promise<void> {
  for (const path of await readdir(runners, { recursive: true }).catch(() => [])) {
    if (basename(path) !== 'supervisor.json') continue;
    const record = dirname(join(runners, path));
    const status = await reap({ python }, record);
    if (status.state === 'ended' || status.state === 'absent') continue;
    // A worker that was given a job, or had none, may go away meanwhile, its folder with it.
    if (!(await ordered(record))) continue;
    await waitForExit(record, AbortSignal.timeout(10_000));
  }
}

function ordered(record: string): Promise<boolean> {
  return stop(record, { reason: 'the test is over', graceSeconds: 0 }).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}
