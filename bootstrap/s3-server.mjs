// Step, for tests alone: an S3 server (Versity's gateway over a folder). On the PATH, in the cache, else built.
// Without it the tests run all the same, and report what they skip.

import { spawnSync } from 'node:child_process';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { cached, cacheFolder } from './cache.mjs';
import { inTemporaryFolder } from './download.mjs';
import { isExecutable, onPath } from './executables.mjs';
import { buildGoProgram } from './go.mjs';
import { S3_SERVER_VERSION } from './pinned.mjs';
import { rememberRefusal, wasRefused } from './refusals.mjs';
import { versionIn } from './versions.mjs';

const PROGRAM = 'versitygw';
const WITHOUT = 'none can be had: tests on it are reported as skipped';

/**
 * @typedef {object} S3Server
 * @property {string} path absolute
 * @property {string} version
 */

/**
 * The S3 server of this machine.
 * @returns {S3Server | null}
 */
export function findS3Server() {
  for (const path of [...onPath(PROGRAM), builtFile()]) {
    const version = isExecutable(path) ? versionOf(path) : null;
    if (version !== null) return { path, version };
  }
  return null;
}

/** @type {import('./steps.mjs').Step} */
export const s3ServerStep = {
  name: 's3 server',
  lock() {
    return join(cached('locks'), PROGRAM);
  },
  done() {
    const server = findS3Server();
    if (server !== null) return `${PROGRAM} ${server.version} (${server.path})`;
    return wasRefused(PROGRAM, S3_SERVER_VERSION) ? WITHOUT : null;
  },
  async work(narrator) {
    try {
      await inTemporaryFolder(async (folder) => {
        const module = `github.com/versity/versitygw/cmd/versitygw@v${S3_SERVER_VERSION}`;
        await buildGoProgram(module, folder, narrator);
        cached(PROGRAM, S3_SERVER_VERSION);
        renameSync(join(folder, PROGRAM), builtFile());
      });
    } catch (error) {
      narrator.say(`not so: ${error instanceof Error ? error.message : String(error)}`);
      rememberRefusal(PROGRAM, S3_SERVER_VERSION);
    }
    return (await this.done()) ?? WITHOUT;
  },
};

function builtFile() {
  return join(cacheFolder(), PROGRAM, S3_SERVER_VERSION, PROGRAM);
}

/**
 * @param {string} file
 */
function versionOf(file) {
  const { status, stdout } = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: 10_000 });
  if (status !== 0) return null;
  // A build by module path does not know its own version.
  return versionIn(stdout) ?? S3_SERVER_VERSION;
}
