/** Runs the program as an ordinary child process: for trusted input, and where nothing can be contained. */
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { type Ended, LAUNCH_ENVIRONMENT, type Launch, MOST_OUTPUT_BYTES } from './launch.ts';

export const plainLaunch: Launch = async (program, signal) => {
  signal?.throwIfAborted();
  const [executable, ...words] = program.argv;
  const child = spawn(executable, words, {
    cwd: tmpdir(),
    env: { ...LAUNCH_ENVIRONMENT },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stopped: string | null = null;
  const stop = (reason: string) => {
    stopped ??= reason;
    child.kill('SIGKILL');
  };
  const abort = () => stop('was aborted');
  signal?.addEventListener('abort', abort, { once: true });
  const timer = setTimeout(
    () => stop(`took longer than ${program.limits.seconds} s`),
    program.limits.seconds * 1000,
  );
  try {
    child.stdin.on('error', ignoreClosedPipe);
    child.stdin.end(program.stdin);
    const outputs = [collect(child.stdout, stop), collect(child.stderr, stop)] as const;
    const [end, stdout, stderr] = await Promise.all([ended(child), ...outputs]);
    signal?.throwIfAborted();
    return { ...end, ...(stopped === null ? {} : { exitCode: null, stopped }), stdout, stderr };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
};

function ended(child: ReturnType<typeof spawn>): Promise<Pick<Ended, 'exitCode' | 'stopped'>> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode, signal) =>
      resolve({ exitCode, stopped: signal === null ? null : `was killed by ${signal}` }),
    );
  });
}

async function collect(stream: NodeJS.ReadableStream, stop: (reason: string) => void): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MOST_OUTPUT_BYTES) stop(`wrote more than ${MOST_OUTPUT_BYTES} bytes`);
    else chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  // A program that ended before it read everything says so by its exit status.
  if (error.code !== 'EPIPE' && error.code !== 'ECONNRESET') throw error;
}
