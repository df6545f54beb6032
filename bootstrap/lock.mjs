// One set-up at a time does a step; the others wait and then find it done.
//
// The lock is a file made whole by link(2), holding who owns it. Its owner touches it every two seconds. It is
// abandoned when its owner's process is gone (same machine and process space), or when a waiter has itself watched
// it for 30 seconds without a touch: no two clocks are compared, and a laptop that slept steals nothing.
// Whoever clears an abandoned lock holds `<lock>.steal` meanwhile, so that it cannot clear its successor.

import { linkSync, readFileSync, readlinkSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

const TOUCH_EVERY_MS = 2_000;
const LOOK_EVERY_MS = 200;
const UNTOUCHED_MS = 30_000;

/** @type {Set<string>} */
const held = new Set();
process.on('exit', () => {
  for (const file of held) rmSync(file, { force: true });
});

/**
 * Runs `work` while holding the lock.
 * @template T
 * @param {string} file the lock
 * @param {() => Promise<T>} work
 * @param {(owner: string) => void} [onWait] called once when another process holds it
 * @returns {Promise<T>}
 */
export async function withLock(file, work, onWait) {
  await acquire(file, onWait);
  held.add(file);
  /** @type {NodeJS.Timeout | undefined} */
  let touch;
  try {
    /** @type {Promise<never>} */
    const lost = new Promise((_resolve, reject) => {
      touch = setInterval(() => {
        if (!touchOwn(file)) reject(new Error(`another set-up took ${file} while this process stood still`));
      }, TOUCH_EVERY_MS);
    });
    return await Promise.race([work(), lost]);
  } finally {
    clearInterval(touch);
    held.delete(file);
    if (look(file)?.owner === ownName()) rmSync(file, { force: true });
  }
}

/**
 * @param {string} file
 * @returns {boolean} false when it is no longer ours
 */
function touchOwn(file) {
  if (look(file)?.owner !== ownName()) return false;
  const now = new Date();
  utimesSync(file, now, now);
  return true;
}

/**
 * @param {string} file
 * @param {((owner: string) => void) | undefined} onWait
 */
async function acquire(file, onWait) {
  let seen = '';
  let seenAt = 0;
  let told = false;
  while (!create(file, ownName())) {
    const state = look(file);
    if (state === null) continue;
    if (state.mark !== seen) {
      seen = state.mark;
      seenAt = performance.now();
    }
    if (isGone(state.owner) || performance.now() - seenAt > UNTOUCHED_MS) {
      clear(file, state.mark);
      continue;
    }
    if (!told) onWait?.(state.owner);
    told = true;
    await delay(LOOK_EVERY_MS);
  }
}

/**
 * @param {string} file
 * @param {string} content
 * @returns {boolean} false when it is already there
 */
function create(file, content) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, content);
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * @param {string} file
 * @returns {{ owner: string, mark: string } | null} null when it is gone
 */
function look(file) {
  try {
    const owner = readFileSync(file, 'utf8');
    const { ino, mtimeMs } = statSync(file);
    return { owner, mark: `${owner} ${ino} ${mtimeMs}` };
  } catch {
    return null;
  }
}

/**
 * @param {string} file
 * @param {string} mark of the lock that was judged abandoned
 */
function clear(file, mark) {
  const guard = `${file}.steal`;
  if (!create(guard, ownName())) {
    const thief = look(guard);
    if (thief !== null && isGone(thief.owner)) rmSync(guard, { force: true });
    return;
  }
  try {
    if (look(file)?.mark === mark) rmSync(file, { force: true });
  } finally {
    rmSync(guard, { force: true });
  }
}

/** `<pid> <where>`: a pid means something only on its machine and in its process space. */
function ownName() {
  return `${process.pid} ${processSpace()}`;
}

function processSpace() {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

/**
 * @param {string} owner
 */
function isGone(owner) {
  const [pid, ...where] = owner.split(' ');
  if (where.join(' ') !== processSpace()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
