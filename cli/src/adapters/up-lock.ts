/**
 * One `up` or `down` at a time per state folder. The lock names its holder; one whose holder is gone is taken over.
 */
import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { unavailable } from '../core/problem.ts';
import { identify, isAlive } from './process-table.ts';

const holder = z.object({ pid: z.int().positive(), born: z.string() });

const LONGEST_WAIT_MS = 120_000;

/** Holds the lock while `work` is under way. */
export async function underLock<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  await take(file);
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function take(file: string): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(await identify(process.pid)), { mode: 0o600 });
  const deadline = performance.now() + LONGEST_WAIT_MS;
  try {
    // A link appears with its contents at once, so that nobody ever reads a half-written holder.
    while (!(await linked(draft, file))) {
      if (performance.now() > deadline) throw held(file);
      if (!(await removeStale(file))) await delay(100);
    }
  } finally {
    await rm(draft, { force: true });
  }
}

async function linked(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Moves a dead holder's lock aside; a live one that came in between is put back. */
async function removeStale(file: string): Promise<boolean> {
  if (await holderLives(file)) return false;
  const aside = `${file}.${randomUUID()}.stale`;
  const moved = await rename(file, aside).then(
    () => true,
    () => false,
  );
  if (!moved) return false;
  const mistaken = await holderLives(aside);
  if (mistaken) await linked(aside, file);
  await rm(aside, { force: true });
  return !mistaken;
}

async function holderLives(file: string): Promise<boolean> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return false;
  const parsed = holder.safeParse(jsonOf(text));
  return parsed.success && (await isAlive(parsed.data));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function held(file: string) {
  return unavailable({
    message: 'another `modelwright up` or `down` is still at work',
    remedy: 'Wait for it, or end it and try again.',
    file,
  });
}
