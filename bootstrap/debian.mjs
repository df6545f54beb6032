// The system's package manager. It is the one program that may write outside project and cache; only as root, never by sudo.

import { childEnvironment } from './cache.mjs';
import { lastLines, run } from './command.mjs';
import { onPath } from './executables.mjs';

/** Whether packages can be installed here. */
export function canInstallPackages() {
  return process.getuid?.() === 0 && onPath('apt-get').length > 0;
}

/** @type {Promise<unknown>} two steps may ask for packages at once, and apt-get waits for nobody */
let queue = Promise.resolve();

/**
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
function inTurn(work) {
  const turn = queue.then(work, work);
  queue = turn.catch(() => undefined);
  return turn;
}

/**
 * Makes apt's lists know a package, where that is allowed.
 * @param {string} name
 * @param {import('./steps.mjs').Narrator} narrator
 */
export function aptLists(name, narrator) {
  return inTurn(async () => {
    const known = await run('apt-cache', ['policy', name]);
    if (/Candidate: \d/.test(known.output) || !canInstallPackages()) return;
    narrator.say('updating the package lists with apt-get');
    await apt(['update'], narrator);
  });
}

/**
 * @param {readonly string[]} names
 * @param {import('./steps.mjs').Narrator} narrator
 */
export async function aptInstall(names, narrator) {
  for (const name of names) await aptLists(name, narrator);
  await inTurn(async () => {
    narrator.say(`installing ${names.join(', ')} with apt-get`);
    await apt(['install', '-y', '--no-install-recommends', ...names], narrator);
  });
}

/**
 * @param {readonly string[]} args
 * @param {import('./steps.mjs').Narrator} narrator
 */
async function apt(args, narrator) {
  const { code, output } = await run('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], {
    env: childEnvironment({ DEBIAN_FRONTEND: 'noninteractive' }),
    onLine: narrator.progress,
  });
  if (code !== 0) throw new Error(`apt-get ${args.join(' ')} failed:\n${lastLines(output, 4)}`);
}
