/** A program in the foreground: input in, output out, for short trusted questions to untrusted code. */
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { type ExitRecord, exitRecord } from './exit-record.ts';
import { collect, complaint, ended, SandboxError, type SandboxHost, start } from './interpreter.ts';
import type { SandboxRequest } from './spec.ts';
import { writeSpec } from './supervised-job.ts';

export interface ContainedRun {
  readonly exit: ExitRecord;
  /** Together at most `limits.outputHeadBytes` and a chunk. */
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

/** Runs the program to its end. Aborting `signal` ends it with the outcome `cancelled`. */
export async function runContained(
  host: SandboxHost,
  request: SandboxRequest,
  options: { stdin?: Uint8Array; signal?: AbortSignal } = {},
): Promise<ContainedRun> {
  const jobdir = await mkdtemp(join(tmpdir(), 'mw-contained-'));
  try {
    await chmod(jobdir, 0o711);
    await writeSpec(jobdir, request);
    return await runIn(host, jobdir, options);
  } finally {
    await rm(jobdir, { recursive: true, force: true });
  }
}

async function runIn(
  host: SandboxHost,
  jobdir: string,
  options: { stdin?: Uint8Array; signal?: AbortSignal },
): Promise<ContainedRun> {
  const words = ['run', jobdir];
  const child = start(host, words, ['pipe', 'pipe', 'pipe']);
  const cancel = () => child.kill('SIGTERM');
  options.signal?.addEventListener('abort', cancel, { once: true });
  if (options.signal?.aborted === true) cancel();
  try {
    feed(child.stdin, options.stdin);
    const outputs = [collect(child.stdout), collect(child.stderr)] as const;
    const [code, stdout, stderr] = await Promise.all([ended(child), ...outputs]);
    if (code !== 0) throw new SandboxError(complaint(words, code, stderr));
    const exit = exitRecord.parse(JSON.parse(await readFile(join(jobdir, 'exit.json'), 'utf8')));
    return { exit, stdout, stderr };
  } finally {
    options.signal?.removeEventListener('abort', cancel);
  }
}

function feed(stdin: Writable | null, input: Uint8Array | undefined): void {
  // A program need not read what it is given: a closed pipe is its choice and shows in its exit record.
  stdin?.on('error', ignoreClosedPipe);
  stdin?.end(input ?? new Uint8Array());
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE' && error.code !== 'ECONNRESET') throw error;
}
