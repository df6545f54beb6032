// The machine's own npm, which Modelwright never replaces: its registry, proxy and certificates are a person's choice.

import { existsSync, realpathSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { childEnvironment } from './cache.mjs';
import { run } from './command.mjs';
import { SetupError } from './setup-error.mjs';

/**
 * @param {readonly string[]} args
 * @param {{ cwd: string, onLine?: (line: string) => void }} options
 */
export function npm(args, options) {
  const cli = npmCli();
  if (cli === null) {
    throw new SetupError('npm was not found beside Node or on the PATH', 'install npm 10 or newer');
  }
  return run(process.execPath, [cli, ...args], { ...options, env: childEnvironment() });
}

/**
 * The npm that runs this script, else the one beside this Node, else the one on the PATH.
 * @returns {string | null} its npm-cli.js
 */
function npmCli() {
  const running = process.env['npm_execpath'];
  if (running && basename(running) === 'npm-cli.js' && existsSync(running)) return running;
  const folders = [dirname(process.execPath), ...(process.env['PATH'] ?? '').split(delimiter)];
  for (const folder of folders) {
    const beside = join(folder, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js');
    if (existsSync(beside)) return beside;
    const link = join(folder, 'npm');
    if (existsSync(link) && basename(realpathSync(link)) === 'npm-cli.js') return realpathSync(link);
  }
  return null;
}
