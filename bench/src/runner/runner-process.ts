/** A real runner as a process on the arena's server, for a class of jobs of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { worker, workerKey } from '@modelwright/contracts';
import { temporaryFolder } from '@modelwright/testing';
import { findPython } from '../../../bootstrap/toolchain.mjs';
import { type Arena, PASSWORD } from '../bus/arena.ts';

const MAIN = fileURLToPath(new URL('../../../services/gpu-runner/src/main.ts', import.meta.url));

export interface RunnerProcess extends AsyncDisposable {
  /** The class of jobs that only this one takes. */
  readonly class: string;
}

export function benchPython(): string {
  const found = findPython();
  if (found === null) throw new Error('there is no Python environment: npm run setup');
  return found.python;
}

/** Resolves when it takes jobs. */
export async function startRunner(
  arena: Arena,
  klass: string,
  variables: Readonly<Record<string, string>>,
): Promise<RunnerProcess> {
  const home = await temporaryFolder('modelwright-runner-');
  const child = spawn(process.execPath, [MAIN], {
    env: {
      ...process.env,
      NATS_URL: arena.url,
      NATS_USER: 'runner',
      NATS_PASSWORD: PASSWORD,
      MODELWRIGHT_NAME: klass,
      MODELWRIGHT_HOME: home.path,
      MODELWRIGHT_PYTHON: benchPython(),
      MODELWRIGHT_LOG_LEVEL: 'warn',
      RUNNER_CLASSES: klass,
      RUNNER_SLOTS: '1',
      ...variables,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await ready(arena, klass, child);
  return {
    class: klass,
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null) {
        const exit = once(child, 'exit');
        child.kill('SIGTERM');
        await exit;
      }
      await home[Symbol.asyncDispose]();
    },
  };
}

async function ready({ bus }: Arena, name: string, child: ChildProcess): Promise<void> {
  const over = new AbortController();
  child.once('exit', () => over.abort());
  const key = workerKey('gpu-runner', name);
  for await (const { value } of bus.records('workers', worker).watch(key, over.signal)) {
    if (value !== null && value.pid === child.pid && value.runner !== null) return;
  }
  throw new Error(`the runner ${name} ended before it took jobs`);
}
