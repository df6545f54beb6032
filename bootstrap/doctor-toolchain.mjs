// What the set-up brings together, as the doctor sees it.

import { findNatsServer } from './find-nats-server.mjs';
import { findPython } from './find-python.mjs';
import { hideCredentials, OLD_SERVER_NOTE } from './nats-server.mjs';
import { nodePath } from './node.mjs';
import { packagesAreCurrent } from './packages.mjs';
import { NATS_OLDEST } from './pinned.mjs';
import { serverInfo } from './server-info.mjs';
import { isRecommendedNats, isSupportedNats } from './versions.mjs';

/** @typedef {import('./doctor.mjs').Check} Check */

const SET_UP = 'npm run setup';
const NEWER_SERVER = 'put a newer nats-server on the PATH: https://github.com/nats-io/nats-server/releases';

/** @returns {Check} */
export function checkNode() {
  const node = nodePath();
  if (node === null) {
    return { name: 'node', status: 'fail', detail: `${process.versions.node} is too old`, remedy: SET_UP };
  }
  const own = node === process.execPath;
  return {
    name: 'node',
    status: 'ok',
    detail: own ? `${process.versions.node} (${node})` : node,
    remedy: null,
  };
}

/** @returns {Check} */
export function checkPackages() {
  return packagesAreCurrent()
    ? { name: 'npm packages', status: 'ok', detail: 'node_modules matches package-lock.json', remedy: null }
    : {
        name: 'npm packages',
        status: 'fail',
        detail: 'node_modules does not match package-lock.json',
        remedy: SET_UP,
      };
}

/** @returns {Promise<Check>} */
export function checkNatsServer() {
  const url = process.env['NATS_URL'];
  return url ? checkRunningServer(url) : Promise.resolve(checkOwnServer());
}

/**
 * @param {string} url
 * @returns {Promise<Check>}
 */
async function checkRunningServer(url) {
  const name = 'nats-server';
  const where = `NATS_URL ${hideCredentials(url)}`;
  try {
    const { version, jetstream } = await serverInfo(url);
    if (!isSupportedNats(version)) {
      return {
        name,
        status: 'fail',
        detail: `${where} is ${version}`,
        remedy: `run nats-server ${NATS_OLDEST} or newer there`,
      };
    }
    if (!jetstream) {
      return {
        name,
        status: 'fail',
        detail: `${where} (${version}) has no JetStream`,
        remedy: 'start it with --jetstream',
      };
    }
    if (isRecommendedNats(version))
      return { name, status: 'ok', detail: `${where} is ${version}`, remedy: null };
    return {
      name,
      status: 'warn',
      detail: `${where} is ${version}: ${OLD_SERVER_NOTE}`,
      remedy: 'run a newer one there',
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return {
      name,
      status: 'fail',
      detail: `${where}: ${why}`,
      remedy: 'start that server, or unset NATS_URL',
    };
  }
}

/** @returns {Check} */
function checkOwnServer() {
  const name = 'nats-server';
  const server = findNatsServer();
  if (server === null) {
    return { name, status: 'fail', detail: `none of version ${NATS_OLDEST} or newer`, remedy: SET_UP };
  }
  const detail = `${server.version} (${server.source}: ${server.path})`;
  if (isRecommendedNats(server.version)) return { name, status: 'ok', detail, remedy: null };
  return { name, status: 'warn', detail: `${detail}: ${OLD_SERVER_NOTE}`, remedy: NEWER_SERVER };
}

/** @returns {Check} */
export function checkPython() {
  const name = 'python';
  const environment = findPython();
  if (environment === null)
    return { name, status: 'fail', detail: 'no environment for recipes', remedy: SET_UP };
  const { version, packages, source, prefix } = environment;
  const detail = `${version} with scikit-learn ${packages['scikit-learn']}, pandas ${packages['pandas']} (${prefix})`;
  if (source === 'pypi') return { name, status: 'ok', detail, remedy: null };
  return {
    name,
    status: 'warn',
    detail: `${detail}; the system's packages, since PyPI did not answer`,
    remedy: `when PyPI answers: rm -r ${prefix} && ${SET_UP}`,
  };
}
