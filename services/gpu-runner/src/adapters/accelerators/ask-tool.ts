/** Runs a vendor's tool. One that hangs, as they do on a sick GPU, is given up after a while. */
import { execFile } from 'node:child_process';
import { ToolFailed } from './probe.ts';

const PATIENCE_MS = 20_000;
const MOST_BYTES = 16 * 1024 * 1024;

export interface ToolAnswer {
  /** Null after a signal. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Whatever it says; throws `ToolFailed` when it cannot be started or does not end. */
export function askTool(tool: string, words: readonly string[]): Promise<ToolAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<ToolAnswer>();
  const options = {
    timeout: PATIENCE_MS,
    killSignal: 'SIGKILL' as const,
    maxBuffer: MOST_BYTES,
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C' },
  };
  const child = execFile(tool, words, options, (error, stdout, stderr) => {
    if (error === null) resolve({ code: 0, stdout, stderr });
    else if (typeof error.code === 'number') resolve({ code: error.code, stdout, stderr });
    else if (error.killed) reject(new ToolFailed(`${tool} did not end within ${PATIENCE_MS / 1000} s`));
    else reject(new ToolFailed(`${tool} cannot be used: ${error.message}`, { cause: error }));
  });
  child.stdin?.end();
  return promise;
}

/** Its standard output; throws `ToolFailed` when it ended with an error. */
export async function toolOutput(tool: string, words: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await askTool(tool, words);
  if (code === 0) return stdout;
  const said = `${stderr}\n${stdout}`.trim().split('\n')[0] ?? '';
  throw new ToolFailed(`${tool} ended with ${code ?? 'a signal'}: ${said}`);
}
