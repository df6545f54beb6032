// Where everything that is fetched lives. Nothing else is written outside the project folder.
//
//   node/<version>-<platform>/bin/node
//   nats-server/<version>/nats-server, source.json
//   versitygw/<version>/versitygw
//   python/<key>/                the virtual environment; environment.json, written last, marks it whole
//   python/<requirements>.json   which environment serves this requirements.txt
//   pip/  go/                    the tools' own caches
//   locks/  tmp/

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const project = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * `$MODELWRIGHT_CACHE`, else `${XDG_CACHE_HOME:-~/.cache}/modelwright`. Absolute; it may not exist yet.
 * @param {NodeJS.ProcessEnv} [env]
 */
export function cacheFolder(env = process.env) {
  if (env['MODELWRIGHT_CACHE']) return resolve(env['MODELWRIGHT_CACHE']);
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'modelwright');
}

/**
 * A folder inside the cache, made when missing, readable by every user: a sandbox runs under another one.
 * @param {...string} parts
 */
export function cached(...parts) {
  const folder = join(cacheFolder(), ...parts);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  return folder;
}

/**
 * The environment for a child of the set-up: its temporary files stay inside the cache.
 * @param {NodeJS.ProcessEnv} [more]
 * @returns {NodeJS.ProcessEnv}
 */
export function childEnvironment(more = {}) {
  return { ...process.env, TMPDIR: cached('tmp'), ...more };
}

/**
 * @param {string | Buffer} content
 * @returns {string} 16 hex digits: enough to tell inputs apart, short enough for a path
 */
export function contentKey(content) {
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}

/**
 * @param {string} file
 * @returns {unknown} the parsed JSON; null when the file is missing or not JSON
 */
export function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/**
 * Whole or not at all: a reader never sees half a file.
 * @param {string} file
 * @param {unknown} value
 */
export function writeJson(file, value) {
  const draft = `${file}.${process.pid}.draft`;
  writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`);
  renameSync(draft, file);
}
