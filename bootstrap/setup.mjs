// Brings everything together that the project needs to run (and, with `tests`, to test itself).

import { natsServerStep, newestNatsServerStep, oldestNatsServerStep } from './nats-server.mjs';
import { nodeStep } from './node.mjs';
import { packagesStep } from './packages.mjs';
import { pythonStep } from './python.mjs';
import { s3ServerStep } from './s3-server.mjs';
import { runSteps } from './steps.mjs';

/**
 * @param {{ tests: boolean, npmOnly: boolean }} options `tests`: also the servers that only tests run on;
 *   `npmOnly`: only what format, lint and type checks need
 * @param {(line: string) => void} print
 * @returns {Promise<boolean>} whether all is there
 */
export function setUp(options, print) {
  process.umask(0o022); // what is made here is read by sandboxes that run as another user
  const node = [nodeStep, packagesStep];
  if (options.npmOnly) return runSteps(node, print);
  const servers = options.tests
    ? [newestNatsServerStep, oldestNatsServerStep, s3ServerStep]
    : [natsServerStep];
  return runSteps([...node, ...servers, pythonStep], print);
}
