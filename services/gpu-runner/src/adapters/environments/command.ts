/** Runs a trusted program to its end. */
import { execFile } from 'node:child_process';

export interface CommandResult {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that fails is a result; one that cannot be started throws. */
export function command(
  file: string,
  words: readonly string[],
  options: { readonly timeoutMs: number; readonly env: Record<string, string> },
): Promise<CommandResult> {
  const { promise, resolve, reject } = Promise.withResolvers<CommandResult>();
  const settings = { timeout: options.timeoutMs, env: options.env, maxBuffer: 16 * 1024 * 1024, cwd: '/' };
  execFile(file, [...words], settings, (error, stdout, stderr) => {
    if (error !== null && typeof error.code === 'string') reject(error);
    else resolve({ ok: error === null, stdout, stderr });
  });
  return promise;
}
