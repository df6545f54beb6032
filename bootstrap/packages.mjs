// Step: the npm packages of the lockfile, in node_modules.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentKey, project, readJson } from './cache.mjs';
import { npm } from './npm.mjs';
import { platform } from './pinned.mjs';
import { SetupError } from './setup-error.mjs';

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {string} [resolved]
 * @property {boolean} [link]
 * @property {boolean} [optional]
 * @property {string[]} [os]
 * @property {string[]} [cpu]
 * @property {string[]} [libc]
 */

// Everything the result depends on is said here, whatever a person's .npmrc says.
const INSTALL = [
  'ci',
  '--include=dev',
  '--include=optional',
  '--ignore-scripts',
  '--engine-strict=false',
  '--install-strategy=hoisted',
  '--package-lock=true',
  '--dry-run=false',
  '--global=false',
  '--audit=false',
  '--fund=false',
  '--loglevel=error',
];

const lockfile = join(project, 'package-lock.json');
const marker = join(project, 'node_modules', '.modelwright.json');

/** @type {import('./steps.mjs').Step} */
export const packagesStep = {
  name: 'npm packages',
  lock() {
    const folder = join(project, '.modelwright');
    mkdirSync(folder, { recursive: true });
    return join(folder, 'npm-packages.lock');
  },
  done() {
    return packagesAreCurrent() ? 'node_modules matches package-lock.json' : null;
  },
  async work(narrator) {
    narrator.say('installing the packages of package-lock.json with npm');
    const { code, output } = await npm(INSTALL, { cwd: project, onLine: narrator.progress });
    if (code !== 0) throw refusal(output);
    mark();
    return 'installed the packages of package-lock.json';
  },
};

/**
 * npm says what is wrong first, and then how it is used.
 * @param {string} output of npm
 */
function refusal(output) {
  const why = output.split('\n').slice(0, 10).join('\n').trim();
  const stale = output.includes('EUSAGE'); // package.json and the lockfile disagree
  return new SetupError(`npm ci failed:\n${why}`, `cd ${project} && npm ${stale ? 'install' : 'ci'}`);
}

/**
 * Whether node_modules holds what the lockfile says: as marked after our own `npm ci`, or by npm's record of its own.
 */
export function packagesAreCurrent() {
  if (!existsSync(join(project, 'node_modules', '.package-lock.json'))) return false;
  const marked = readJson(marker);
  if (isRecord(marked) && marked['key'] === key()) return true;
  const installed = packagesOf(readJson(join(project, 'node_modules', '.package-lock.json')));
  if (!holds(packagesOf(readJson(lockfile)), installed)) return false;
  mark();
  return true;
}

/**
 * @param {Record<string, LockedPackage>} wanted
 * @param {Record<string, LockedPackage>} installed
 * @param {{ os: string, cpu: string, libc: string }} [machine]
 */
export function holds(wanted, installed, machine = thisMachine()) {
  for (const [path, want] of Object.entries(wanted)) {
    if (!path.startsWith('node_modules/')) continue;
    const have = installed[path];
    if (have === undefined) {
      if (want.optional && !isFor(want, machine)) continue;
      return false;
    }
    if (have.version !== want.version || have.integrity !== want.integrity || have.link !== want.link)
      return false;
  }
  return Object.keys(installed).every((path) => !path.startsWith('node_modules/') || path in wanted);
}

/**
 * Whether an optional package is meant for this machine. One that names no machine is only needed by another that does.
 * @param {LockedPackage} wanted
 * @param {{ os: string, cpu: string, libc: string }} machine
 */
function isFor(wanted, machine) {
  const { os, cpu, libc } = wanted;
  if (os === undefined && cpu === undefined) return false;
  return (
    (os ?? [machine.os]).includes(machine.os) &&
    (cpu ?? [machine.cpu]).includes(machine.cpu) &&
    (libc ?? [machine.libc]).includes(machine.libc)
  );
}

function thisMachine() {
  const musl =
    process.platform === 'linux' &&
    existsSync(`/lib/ld-musl-${process.arch === 'x64' ? 'x86_64' : 'aarch64'}.so.1`);
  return { os: process.platform, cpu: process.arch, libc: musl ? 'musl' : 'glibc' };
}

function key() {
  return `${contentKey(readFileSync(lockfile))} ${platform}`;
}

function mark() {
  writeFileSync(marker, `${JSON.stringify({ key: key() })}\n`);
}

/**
 * @param {unknown} lock a package-lock.json
 * @returns {Record<string, LockedPackage>}
 */
function packagesOf(lock) {
  const packages = isRecord(lock) ? lock['packages'] : null;
  return isRecord(packages) ? packages : {};
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, any>}
 */
function isRecord(value) {
  return typeof value === 'object' && value !== null;
}
