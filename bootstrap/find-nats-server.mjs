// Which nats-servers this machine has: on the PATH, then in the cache.

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, readJson } from './cache.mjs';
import { isExecutable, onPath } from './executables.mjs';
import { compareVersions, isSupportedNats, versionIn } from './versions.mjs';

/**
 * @typedef {object} NatsServer
 * @property {string} path absolute
 * @property {string} version such as `2.14.5`
 * @property {string} source where it came from: `PATH`, `release archive`, `Go module`, `Debian package`
 */

/**
 * All nats-servers found, in the order in which they are preferred for running; too old ones included.
 * @param {string} [path] the PATH to search
 * @returns {NatsServer[]}
 */
export function allNatsServers(path) {
  const servers = onPath('nats-server', path).map((file) => described(file, 'PATH'));
  return [...servers, ...cachedServers()].filter((server) => server !== null);
}

/**
 * The server for running: the first supported one, by the order PATH, cache (newest first).
 * @returns {NatsServer | null}
 */
export function findNatsServer() {
  return allNatsServers().find((server) => isSupportedNats(server.version)) ?? null;
}

/**
 * The server for tests on old ones: of the 2.9 line.
 * @returns {NatsServer | null}
 */
export function findOldestNatsServer() {
  return oldestOf(allNatsServers());
}

/**
 * The newest server, wherever it lies: tests run on it and on the oldest.
 * @returns {NatsServer | null}
 */
export function findNewestNatsServer() {
  const servers = allNatsServers().filter((server) => isSupportedNats(server.version));
  return servers.sort((a, b) => compareVersions(b.version, a.version))[0] ?? null;
}

/**
 * @param {readonly NatsServer[]} servers
 */
export function oldestOf(servers) {
  const old = servers.filter(
    ({ version }) => isSupportedNats(version) && compareVersions(version, '2.10.0') < 0,
  );
  return old.sort((a, b) => compareVersions(a.version, b.version))[0] ?? null;
}

/** @returns {(NatsServer | null)[]} the cache's servers, newest first */
function cachedServers() {
  const folder = join(cacheFolder(), 'nats-server');
  return versionsIn(folder)
    .sort((a, b) => compareVersions(b, a))
    .map((version) => described(join(folder, version, 'nats-server'), sourceOf(join(folder, version))));
}

/**
 * @param {string} folder
 */
function versionsIn(folder) {
  try {
    return readdirSync(folder).filter((name) => versionIn(name) === name);
  } catch {
    return [];
  }
}

/**
 * @param {string} folder
 */
function sourceOf(folder) {
  const record = readJson(join(folder, 'source.json'));
  if (typeof record === 'object' && record !== null && 'source' in record) return String(record.source);
  return 'cache';
}

/**
 * @param {string} file
 * @param {string} source
 * @returns {NatsServer | null} null when it does not run
 */
export function described(file, source) {
  if (!isExecutable(file)) return null;
  const { status, stdout } = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: 10_000 });
  const version = status === 0 ? versionIn(stdout) : null;
  return version === null ? null : { path: file, version, source };
}
