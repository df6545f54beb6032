/** The provider that answers at once, started and ended. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('./answer-at-once.ts', import.meta.url));

export interface InstantProvider extends AsyncDisposable {
  readonly url: string;
}

export async function startInstantProvider(): Promise<InstantProvider> {
  const child = spawn(process.execPath, [PROGRAM], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  const [url] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    ended.then(() => {
      throw new Error('the provider ended at its start');
    }),
  ]);
  return {
    url: String(url),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
