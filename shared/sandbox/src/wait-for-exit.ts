/** Waits for a job's exit record, by whoever cares, as often as wanted. */
import { watch } from 'node:fs';
import type { ExitRecord } from './exit-record.ts';
import { readExit } from './read-exit.ts';

/** File notifications may be lost (network folders, full queues): look now and then as well. */
const LOOK_EVERY_MS = 2000;

/**
 * The exit record as soon as there is one; null when `signal` aborts first. It does not notice that a
 * supervisor was killed: ask `statusOf` for that.
 */
export async function waitForExit(jobdir: string, signal: AbortSignal): Promise<ExitRecord | null> {
  const watcher = watch(jobdir);
  try {
    while (!signal.aborted) {
      const changed = nextChange(watcher, signal);
      const record = await readExit(jobdir);
      if (record !== null) return record;
      await changed;
    }
    return null;
  } finally {
    watcher.close();
  }
}

function nextChange(watcher: ReturnType<typeof watch>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      watcher.off('change', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, LOOK_EVERY_MS);
    watcher.once('change', done);
    signal.addEventListener('abort', done, { once: true });
  });
}
