/**
 * Trusted git. It only ever sees its own git directory: files go in as a stream and come out as a stream, so that no
 * attribute, filter, hook or configuration in a work tree has anything to act on. Nothing of the user's or the system's
 * configuration is read, and nothing of our environment but PATH is passed on.
 */
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { devNull } from 'node:os';
import { join } from 'node:path';

/** The one branch of a candidate. */
export const BRANCH = 'refs/heads/main';

const TIMEOUT_MS = 120_000;

/** Git could not do what it was asked: a damaged bundle, a full disk, or no git. */
export class GitFailure extends Error {
  override readonly name = 'GitFailure';
}

export interface GitInput {
  readonly stdin?: Iterable<Uint8Array>;
  /** More output than this ends the command: nested trees can list without end. */
  readonly maxOutputBytes: number;
}

const CONFIGURATION = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.symlinks=false',
  'core.protectHFS=true',
  'core.protectNTFS=true',
  'protocol.allow=never',
  'gc.auto=0',
  'maintenance.auto=false',
  // The same objects in the same pack, whatever the number of cores.
  'pack.threads=1',
  // Imports go straight into a pack: no second process that unpacks them.
  'fastimport.unpackLimit=1',
  'advice.detachedHead=false',
].flatMap((setting) => ['-c', setting]);

/** Runs git on a git directory and returns its standard output. */
export function git(gitDir: string, args: readonly string[], input: GitInput): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const child = spawn('git', [...CONFIGURATION, `--git-dir=${gitDir}`, ...args], {
    env: environment(),
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: TIMEOUT_MS,
    killSignal: 'SIGKILL',
  });
  const output: Buffer[] = [];
  const complaints: Buffer[] = [];
  let size = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > input.maxOutputBytes) child.kill('SIGKILL');
    else output.push(chunk);
  });
  child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
  // A git that ends early closes its input; why it ended is told by its exit code.
  child.stdin.on('error', () => child.stdin.destroy());
  child.on('error', (cause) =>
    reject(new GitFailure(`git could not be started: ${cause.message}`, { cause })),
  );
  child.on('close', (code, signal) => {
    if (size > input.maxOutputBytes) {
      reject(new GitFailure(`git ${args[0]} gave more than ${input.maxOutputBytes} bytes and was stopped`));
    } else if (code === 0) resolve(Buffer.concat(output));
    else reject(new GitFailure(`git ${args[0]} failed (${signal ?? code}): ${lastWords(complaints)}`));
  });
  for (const chunk of input.stdin ?? []) child.stdin.write(chunk);
  child.stdin.end();
  return promise;
}

/** Makes an empty bare repository, or leaves the one that is there. */
export async function initRepository(gitDir: string): Promise<void> {
  await git(gitDir, ['init', '--quiet', '--bare', '--template='], { maxOutputBytes: 4096 });
  // Written here, since git knows `--initial-branch` from 2.28 on only.
  await writeFile(join(gitDir, 'HEAD'), `ref: ${BRANCH}\n`);
}

function environment(): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    LC_ALL: 'C',
    HOME: devNull,
    XDG_CONFIG_HOME: devNull,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_SYSTEM: devNull,
    GIT_CONFIG_GLOBAL: devNull,
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
  };
}

function lastWords(complaints: readonly Buffer[]): string {
  return Buffer.concat(complaints).toString('utf8').trim().slice(-1000) || 'it said nothing';
}
