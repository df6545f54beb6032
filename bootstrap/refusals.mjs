// Remembers for a day that a version of a program was not to be had, so that each test run does not ask again.

import { join } from 'node:path';
import { cached, cacheFolder, readJson, writeJson } from './cache.mjs';

const ASK_AGAIN_MS = 24 * 3_600_000;

/**
 * @param {string} program
 * @param {string} version
 */
export function rememberRefusal(program, version) {
  writeJson(join(cached(program), `${version}-refused.json`), { at: Date.now() });
}

/**
 * @param {string} program
 * @param {string} version
 */
export function wasRefused(program, version) {
  const record = readJson(join(cacheFolder(), program, `${version}-refused.json`));
  if (typeof record !== 'object' || record === null || !('at' in record)) return false;
  return Date.now() - Number(record.at) < ASK_AGAIN_MS;
}
