// Says what this machine has and lacks. Every line is ok, warn or fail, with what to do about it.

import {
  checkCores,
  checkDisk,
  checkGit,
  checkMemory,
  checkModelKey,
  checkSandbox,
} from './doctor-machine.mjs';
import { checkDocker, checkGpu } from './doctor-runner.mjs';
import { checkNatsServer, checkNode, checkPackages, checkPython } from './doctor-toolchain.mjs';

/**
 * @typedef {object} Check
 * @property {string} name
 * @property {'ok' | 'warn' | 'fail'} status `fail`: a run cannot work
 * @property {string} detail what was found
 * @property {string | null} remedy what to do; null when there is nothing to do
 */

/**
 * Looks at everything, side by side. Changes nothing.
 * @returns {Promise<Check[]>}
 */
export function examine() {
  return Promise.all([
    checkNode(),
    checkPackages(),
    checkNatsServer(),
    checkPython(),
    checkGit(),
    checkSandbox(),
    checkDisk(),
    checkMemory(),
    checkCores(),
    checkGpu(),
    checkDocker(),
    checkModelKey(),
  ]);
}

/**
 * Whether a run can work here.
 * @param {readonly Check[]} checks
 */
export function isHealthy(checks) {
  return checks.every(({ status }) => status !== 'fail');
}

/**
 * Prints the examination; with `json` as one JSON object.
 * @param {{ json: boolean }} options
 * @param {(line: string) => void} print
 * @returns {Promise<number>} the exit code: 0 when a run can work, 1 otherwise
 */
export async function doctor(options, print) {
  const checks = await examine();
  const healthy = isHealthy(checks);
  if (options.json) print(JSON.stringify({ healthy, checks }));
  else for (const line of report(checks)) print(line);
  return healthy ? 0 : 1;
}

/**
 * @param {readonly Check[]} checks
 * @returns {string[]} lines for a person
 */
export function report(checks) {
  const lines = checks.flatMap(({ name, status, detail, remedy }) => [
    `${status.padEnd(5)} ${name.padEnd(14)} ${detail}`,
    ...(remedy === null ? [] : [`      ${''.padEnd(14)} What to do: ${remedy}`]),
  ]);
  const bad = checks.filter(({ status }) => status === 'fail').map(({ name }) => name);
  return [...lines, bad.length === 0 ? 'A run can work here.' : `A run cannot work here: ${bad.join(', ')}.`];
}
