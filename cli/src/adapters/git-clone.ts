/** A candidate's history as a repository of its own, made from its bundle. Nothing of the user's git is consulted. */
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { devNull } from 'node:os';
import { promisify } from 'node:util';

const run = promisify(execFile);
const TIMEOUT_MS = 60_000;

const SAFE = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.symlinks=false',
  'advice.detachedHead=false',
].flatMap((setting) => ['-c', setting]);

/** Whether there is a git to call. */
export function hasGit(): Promise<boolean> {
  return git('--version').then(
    () => true,
    () => false,
  );
}

/** Replaces `folder` by a repository whose branch `main` stands at the commit. */
export async function cloneBundle(bundle: string, commit: string, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await git('clone', '--quiet', '--template=', '--no-checkout', bundle, folder);
  await git('-C', folder, 'checkout', '--quiet', '-B', 'main', commit);
  await git('-C', folder, 'remote', 'remove', 'origin');
}

async function git(...args: readonly string[]): Promise<void> {
  await run('git', [...SAFE, ...args], {
    timeout: TIMEOUT_MS,
    env: {
      PATH: process.env['PATH'],
      LC_ALL: 'C',
      HOME: devNull,
      XDG_CONFIG_HOME: devNull,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: devNull,
      GIT_TERMINAL_PROMPT: '0',
    },
  });
}
