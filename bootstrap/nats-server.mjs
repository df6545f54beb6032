// Step: a nats-server. Found in this order: NATS_URL given (then none is needed); on the PATH; in the cache;
// else obtained from the official release, the Go module or the system's package, whichever this machine can do.

import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { cached, writeJson } from './cache.mjs';
import { inTemporaryFolder } from './download.mjs';
import {
  allNatsServers,
  described,
  findNatsServer,
  findNewestNatsServer,
  findOldestNatsServer,
} from './find-nats-server.mjs';
import { fromDebian, fromGoModule, fromRelease } from './nats-server-sources.mjs';
import { NATS_OLDEST, NATS_VERSION } from './pinned.mjs';
import { rememberRefusal, wasRefused } from './refusals.mjs';
import { SetupError } from './setup-error.mjs';
import { isRecommendedNats, isSupportedNats } from './versions.mjs';

/** @typedef {import('./find-nats-server.mjs').NatsServer} NatsServer */
/** @typedef {import('./steps.mjs').Narrator} Narrator */

const PROGRAM = 'nats-server';

export const OLD_SERVER_NOTE =
  'a power loss may lose recently acknowledged messages: 2.12.9, or 2.14.1 and newer, is recommended';

/** @type {import('./steps.mjs').Step} */
export const natsServerStep = {
  name: 'nats-server',
  lock() {
    return join(cached('locks'), 'nats-server');
  },
  done() {
    if (process.env['NATS_URL']) return `NATS_URL is given (${hideCredentials(process.env['NATS_URL'])})`;
    const server = findNatsServer();
    return server === null ? null : inWords(server);
  },
  async work(narrator) {
    for (const old of allNatsServers()) {
      narrator.say(`${old.path} is ${old.version}, older than ${NATS_OLDEST}, and is not used`);
    }
    return inWords(await obtain(NATS_VERSION, narrator));
  },
};

/**
 * For the tests, which start servers of their own: a recommended one, whatever is on the PATH and in NATS_URL.
 * @type {import('./steps.mjs').Step}
 */
export const newestNatsServerStep = {
  name: natsServerStep.name,
  lock() {
    return natsServerStep.lock();
  },
  done() {
    const server = findNewestNatsServer();
    if (server === null) return null;
    return isRecommendedNats(server.version) || wasRefused(PROGRAM, NATS_VERSION) ? inWords(server) : null;
  },
  async work(narrator) {
    try {
      return inWords(await obtain(NATS_VERSION, narrator));
    } catch (error) {
      const server = findNewestNatsServer();
      if (server === null) throw error;
      return inWords(server);
    }
  },
};

/**
 * For the tests: the oldest supported server. Without it they run all the same, and report what they skip.
 * @type {import('./steps.mjs').Step}
 */
export const oldestNatsServerStep = {
  name: 'oldest nats',
  lock() {
    return join(cached('locks'), 'nats-server-oldest');
  },
  done() {
    const server = findOldestNatsServer();
    if (server !== null) return `nats-server ${server.version} (${server.source}: ${server.path})`;
    return wasRefused(PROGRAM, NATS_OLDEST) ? WITHOUT_OLDEST : null;
  },
  async work(narrator) {
    try {
      await obtain(NATS_OLDEST, narrator);
    } catch (error) {
      narrator.progress(error instanceof Error ? error.message : String(error));
    }
    return (await this.done()) ?? WITHOUT_OLDEST;
  },
};

const WITHOUT_OLDEST = `nats-server ${NATS_OLDEST} cannot be had: tests on it are reported as skipped`;
/**
 * @param {string} version
 * @param {Narrator} narrator
 * @returns {Promise<NatsServer>}
 */
function obtain(version, narrator) {
  return inTemporaryFolder(async (folder) => {
    /** @type {string[]} */
    const refusals = [];
    for (const source of [fromRelease, fromGoModule, fromDebian]) {
      try {
        const { file, from } = await source(version, folder, narrator);
        const server = install(file, from);
        if (server.version !== version) rememberRefusal(PROGRAM, version);
        return server;
      } catch (error) {
        refusals.push(error instanceof Error ? error.message : String(error));
        narrator.say(`not so: ${refusals.at(-1)}`);
      }
    }
    rememberRefusal(PROGRAM, version);
    throw new SetupError(
      `no nats-server ${NATS_OLDEST} or newer on the PATH, and none could be fetched:\n${refusals.join('\n')}`,
      `put a nats-server on the PATH (https://github.com/nats-io/nats-server/releases), or set NATS_URL to a running one`,
    );
  });
}

/**
 * @param {string} file the executable, in a temporary folder
 * @param {string} from
 * @returns {NatsServer}
 */
function install(file, from) {
  const server = described(file, from);
  if (server === null) throw new Error(`the nats-server from the ${from} does not start on this machine`);
  if (!isSupportedNats(server.version))
    throw new Error(`the ${from} is ${server.version}, older than ${NATS_OLDEST}`);
  const home = cached('nats-server', server.version);
  writeJson(join(home, 'source.json'), { source: from, version: server.version });
  renameSync(file, join(home, 'nats-server'));
  return { ...server, path: join(home, 'nats-server') };
}

/**
 * @param {NatsServer} server
 */
function inWords(server) {
  const words = `nats-server ${server.version} (${server.source}: ${server.path})`;
  return isRecommendedNats(server.version) ? words : `${words}; ${OLD_SERVER_NOTE}`;
}

/**
 * @param {string} url
 */
export function hideCredentials(url) {
  return url.replace(/\/\/[^@/]*@/g, '//');
}
