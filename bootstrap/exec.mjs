// node bootstrap/exec.mjs <script> [args]: runs the script on a Node that is new enough, by absolute path.
// A shell that has already looked `node` up would keep the old one, so the PATH alone is not enough.

import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodePath, project } from './toolchain.mjs';

/**
 * Runs a script to its end with this process's input and output, passing signals on.
 * @param {string} script
 * @param {readonly string[]} args
 * @returns {Promise<number>} its exit code; 128 + n when it was ended by a signal
 */
export function runOnNode(script, args) {
  const node = nodePath();
  if (node === null)
    return refuse(`Node ${process.versions.node} is too old`, 'node bootstrap/main.mjs setup');
  if (!existsSync(script)) {
    return refuse(
      `${relative(project, resolve(script))} is missing from this checkout`,
      'git status, git pull',
    );
  }
  const child = spawn(node, [script, ...args], {
    stdio: 'inherit',
    env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env['PATH'] ?? ''}` },
  });
  return new Promise((done) => {
    passSignals(child);
    child.on('error', (error) => done(refuse(`${node} does not start: ${error.message}`, 'npm run setup')));
    child.on('close', (code, signal) => done(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}

/**
 * A terminal sends Ctrl-C to the whole process group, the child included: passing it on would send it twice.
 * @param {import('node:child_process').ChildProcess} child
 */
function passSignals(child) {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'])) {
    process.on(signal, () => {
      const fromTerminal = process.stdin.isTTY && (signal === 'SIGINT' || signal === 'SIGQUIT');
      if (!fromTerminal) child.kill(signal);
    });
  }
}

/**
 * @param {string} what
 * @param {string} remedy
 */
function refuse(what, remedy) {
  console.error(`${what}. What to do: ${remedy}`);
  return Promise.resolve(1);
}

const [own, script, ...args] = process.argv.slice(1);
if (own && realpathSync(own) === fileURLToPath(import.meta.url)) {
  if (script) process.exitCode = await runOnNode(script, args);
  else process.exitCode = await refuse('no script given', 'node bootstrap/exec.mjs <script> [arguments]');
}
