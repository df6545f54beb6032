// The machine itself, as the doctor sees it.

import { statfs } from 'node:fs/promises';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { cacheFolder, project } from './cache.mjs';
import { lastLines, run } from './command.mjs';
import { findPython } from './find-python.mjs';
import { versionIn } from './versions.mjs';

/** @typedef {import('./doctor.mjs').Check} Check */

/** @returns {Promise<Check>} */
export async function checkGit() {
  const { code, output } = await run('git', ['--version']);
  if (code === 0)
    return { name: 'git', status: 'ok', detail: versionIn(output) ?? output.trim(), remedy: null };
  return {
    name: 'git',
    status: 'fail',
    detail: 'not on the PATH',
    remedy: 'install git: every candidate is a git repository',
  };
}

/**
 * What generated programs can be kept from, found out by shared/sandbox by trying it.
 * @returns {Promise<Check>}
 */
export async function checkSandbox() {
  const name = 'sandbox';
  const environment = findPython();
  if (environment === null)
    return { name, status: 'fail', detail: 'not tried: no Python environment', remedy: 'npm run setup' };
  const { code, output } = await run(environment.python, ['-m', 'mw_sandbox', 'probe'], {
    env: {
      ...process.env,
      PYTHONPATH: join(project, 'shared', 'sandbox', 'python'),
      PYTHONDONTWRITEBYTECODE: '1',
    },
  });
  const answer = code === 0 ? parsed(output) : null;
  if (answer === null)
    return {
      name,
      status: 'fail',
      detail: `the probe failed: ${lastLines(output, 1)}`,
      remedy: `${environment.python} -m mw_sandbox probe, in shared/sandbox/python, says more`,
    };
  if (answer.level === 'contained') return { name, status: 'ok', detail: answer.verdict, remedy: null };
  return {
    name,
    status: 'warn',
    detail: answer.verdict,
    remedy: 'on Linux, run as root, or run only tasks and code you trust',
  };
}

/**
 * @param {string} text
 * @returns {{ level: string, verdict: string } | null}
 */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** @returns {Promise<Check>} */
export async function checkDisk() {
  const { bavail, bsize } = await statfs(await existing(cacheFolder()));
  const free = (bavail * bsize) / 2 ** 30;
  const detail = `${free.toFixed(1)} GiB free for ${cacheFolder()}`;
  if (free < 1)
    return { name: 'disk', status: 'fail', detail, remedy: 'free at least 1 GiB, or set MODELWRIGHT_CACHE' };
  if (free < 5)
    return { name: 'disk', status: 'warn', detail, remedy: 'free 5 GiB or more for data and models' };
  return { name: 'disk', status: 'ok', detail, remedy: null };
}

/**
 * The nearest folder above that is there already.
 * @param {string} folder
 * @returns {Promise<string>}
 */
async function existing(folder) {
  try {
    await statfs(folder);
    return folder;
  } catch {
    return existing(join(folder, '..'));
  }
}

/** @returns {Check} */
export function checkMemory() {
  const gib = totalmem() / 2 ** 30;
  const detail = `${gib.toFixed(1)} GiB`;
  if (gib < 1.5)
    return { name: 'memory', status: 'fail', detail, remedy: 'use a machine with 4 GiB or more' };
  if (gib < 3.5)
    return { name: 'memory', status: 'warn', detail, remedy: 'small data only; 4 GiB or more is better' };
  return { name: 'memory', status: 'ok', detail, remedy: null };
}

/** @returns {Check} */
export function checkCores() {
  const count = availableParallelism?.() ?? cpus().length;
  const detail = `${count}`;
  if (count > 1) return { name: 'cores', status: 'ok', detail, remedy: null };
  return {
    name: 'cores',
    status: 'warn',
    detail,
    remedy: 'one training at a time; more cores train side by side',
  };
}

/** @returns {Check} */
export function checkModelKey() {
  const detail = process.env['OPENAI_API_KEY']
    ? 'OPENAI_API_KEY is set'
    : 'no OPENAI_API_KEY; the playbook plays the roles';
  return { name: 'model key', status: 'ok', detail, remedy: null };
}
