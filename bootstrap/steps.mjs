// Runs the steps of the set-up side by side: each says what it does and how long it took, is skipped when done,
// and when it fails says what a person could run instead. All failures are told, not only the first.

import { lastLines } from './command.mjs';
import { withLock } from './lock.mjs';
import { SetupError } from './setup-error.mjs';

/**
 * @typedef {object} Narrator
 * @property {(line: string) => void} say tells a person
 * @property {(line: string) => void} progress remembered, and told when a step is silent for long
 */

/**
 * @typedef {object} Step
 * @property {string} name at most 12 characters
 * @property {() => string} lock the file that only one set-up holds while it does this step
 * @property {() => Promise<string | null> | string | null} done what is there already, in words; null when there is work
 * @property {(narrator: Narrator) => Promise<string>} work does it; resolves to what is there now, in words
 */

const ALIVE_EVERY_MS = 10_000;

/**
 * @param {readonly Step[]} steps
 * @param {(line: string) => void} print
 * @returns {Promise<boolean>} whether all of them are done
 */
export async function runSteps(steps, print) {
  const outcomes = await Promise.all(steps.map((step) => runStep(step, print)));
  return outcomes.every(Boolean);
}

/**
 * @param {Step} step
 * @param {(line: string) => void} print
 */
async function runStep(step, print) {
  const say = (/** @type {string} */ line) => print(`${step.name.padEnd(12)} ${line}`);
  const started = performance.now();
  const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
  let last = 'starting';
  const alive = setInterval(() => say(`still at it after ${seconds()}: ${last}`), ALIVE_EVERY_MS);
  try {
    const found = await step.done();
    if (found !== null) {
      say(`${found}; nothing to do`);
      return true;
    }
    const result = await withLock(
      step.lock(),
      async () => {
        const meanwhile = await step.done();
        if (meanwhile !== null) return `${meanwhile}; another set-up has done it`;
        return await step.work({
          say: (line) => {
            last = line;
            say(line);
          },
          progress: (line) => {
            last = line.trim().slice(0, 100);
          },
        });
      },
      (owner) => say(`waiting for another set-up (process ${owner.split(' ')[0]})`),
    );
    say(`${result} (${seconds()})`);
    return true;
  } catch (error) {
    say(`failed after ${seconds()}`);
    print(indent(error instanceof Error ? error.message : String(error)));
    if (error instanceof SetupError) print(indent(`What to do: ${error.remedy}`));
    return false;
  } finally {
    clearInterval(alive);
  }
}

/**
 * @param {string} text
 */
function indent(text) {
  return lastLines(text, 20)
    .split('\n')
    .map((line) => `             ${line}`)
    .join('\n');
}
