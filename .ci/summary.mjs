// node .ci/summary.mjs <results.json> <exit code of vitest>: the last line of a run, from vitest's own results.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {object} Results what vitest's JSON reporter writes, as far as it is used here
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {readonly { status: string, assertionResults: readonly { status: string }[] }[]} testResults one a file
 */

/**
 * A file that fails without a failed test (it cannot be loaded, a hook throws) counts as one failure, and so does a
 * run that fails without any: no line says "0 failed" of a run that did.
 * @param {Results | null} results null when vitest left none
 * @param {number} exitCode
 */
export function lastLine(results, exitCode) {
  if (results === null) return '0 passed, 1 failed, 0 skipped';
  const brokenFiles = results.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const counted = results.numFailedTests + brokenFiles;
  const failed = counted === 0 && exitCode !== 0 ? 1 : counted;
  return `${results.numPassedTests} passed, ${failed} failed, ${results.numPendingTests + results.numTodoTests} skipped`;
}

/**
 * @param {string} file
 * @returns {Results | null}
 */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

const [own, file, exitCode] = process.argv.slice(1);
if (own === fileURLToPath(import.meta.url) && file) console.log(lastLine(read(file), Number(exitCode)));
