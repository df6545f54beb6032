// Running another program, asynchronously, so that several steps (and the heartbeat of their locks) go on meanwhile.

import { spawn } from 'node:child_process';

/**
 * @typedef {object} Finished
 * @property {number} code the exit code; 127 when the program is not there, 128 + n when ended by a signal
 * @property {string} output the last 64 KiB of what it printed, both streams together
 */

const OUTPUT_LIMIT = 65_536;

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/** Ends every program that was started here: nothing of the set-up outlives it. */
export function endCommands() {
  for (const child of running) child.kill('SIGTERM');
}

/**
 * Runs a program to its end. Never throws for what the program does.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, onLine?: (line: string) => void }} [options]
 * @returns {Promise<Finished>}
 */
export function run(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    let output = '';
    const take = (/** @type {Buffer} */ chunk) => {
      const text = chunk.toString();
      output = (output + text).slice(-OUTPUT_LIMIT);
      const line = text.trimEnd().split('\n').pop();
      if (line) options.onLine?.(line);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', (error) => {
      running.delete(child);
      resolve({ code: 127, output: error.message });
    });
    child.on('close', (code, signal) => {
      running.delete(child);
      resolve({ code: code ?? (signal === 'SIGKILL' ? 137 : 143), output });
    });
  });
}

/**
 * The last lines of a program's output, for a message.
 * @param {string} output
 * @param {number} [count]
 */
export function lastLines(output, count = 12) {
  return output.trimEnd().split('\n').slice(-count).join('\n');
}
