/** Calls the trusted Python package: a few milliseconds to start, JSON out, a sentence when it refuses. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';

const PACKAGE = fileURLToPath(new URL('../python', import.meta.url));

/** Where the supervisors run. */
export interface SandboxHost {
  /** A trusted Python of 3.10 or newer; its standard library is all that is used. */
  readonly python: string;
}

/** The sandbox could not be used at all. A program that fails is not this: it is an exit record. */
export class SandboxError extends Error {
  override readonly name = 'SandboxError';
}

/** `detached`: in a session of its own, so that no terminal ends it together with this process. */
export function start(
  host: SandboxHost,
  words: string[],
  stdio: ('pipe' | 'ignore')[],
  { detached = false } = {},
): ChildProcess {
  // -I and -S: nothing of the caller's environment or of installed packages reaches the trusted code.
  return spawn(host.python, ['-I', '-S', PACKAGE, ...words], { stdio, env: {}, cwd: '/', detached });
}

/** Runs one command and parses each line it answers. */
export async function answers<Schema extends z.ZodType>(
  host: SandboxHost,
  words: string[],
  schema: Schema,
): Promise<z.infer<Schema>[]> {
  const child = start(host, words, ['ignore', 'pipe', 'pipe']);
  const [code, stdout, stderr] = await Promise.all([
    ended(child),
    collect(child.stdout),
    collect(child.stderr),
  ]);
  if (code !== 0) throw new SandboxError(complaint(words, code, stderr));
  const lines = stdout.toString('utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => schema.parse(JSON.parse(line)));
}

export function complaint(words: string[], code: number | null, stderr: Buffer): string {
  const said = stderr.toString('utf8').trim().split('\n').at(-1) ?? '';
  return said === '' ? `mw_sandbox ${words[0]} ended with ${code ?? 'a signal'} and said nothing` : said;
}

/** The exit code, null after a signal; an interpreter that cannot be started is an error with its path. */
export function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', (cause) =>
      reject(new SandboxError(`the sandbox's Python could not be started: ${cause.message}`, { cause })),
    );
    child.once('close', (code) => resolve(code));
  });
}

export async function collect(stream: NodeJS.ReadableStream | null): Promise<Buffer> {
  const chunks: Buffer[] = [];
  if (stream !== null) for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
