/** Waits for a job's exit record, by whoever cares, as often as wanted. */
import { watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ExitRecord, exitRecord } from './exit-record.ts';

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

async function readExit(jobdir: string): Promise<ExitRecord | null> {
  const text = await readFile(join(jobdir, 'exit.json'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return text === null ? null : exitRecord.parse(JSON.parse(text));
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
