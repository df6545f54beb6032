/** The executor that the configuration asks for, found fit, or refused with what is missing. */
import { join } from 'node:path';
import type { WorkerBeacon } from '@modelwright/service';
import type { Logger } from '@modelwright/telemetry';
import type { RunnerConfig } from '../config.ts';
import type { Executor } from '../handlers/executor.ts';
import type { OtherHolders } from './accelerators/health-watch.ts';
import { openDockerExecutor } from './docker/docker-executor.ts';
import { ProcessExecutor } from './process/process-executor.ts';
import { WarmPool } from './process/warm-pool.ts';
import type { WarmStart } from './supervised/supervised-programs.ts';

export interface ExecutorParts {
  readonly config: RunnerConfig & { readonly home: string };
  readonly worker: Pick<WorkerBeacon, 'name' | 'process'>;
  readonly logger: Logger;
  readonly clock: () => number;
  readonly leaving: AbortSignal;
}

export async function openExecutor(parts: ExecutorParts): Promise<Executor> {
  const { config, worker, logger, clock } = parts;
  switch (config.executor) {
    case 'process':
      return new ProcessExecutor(config.python, config, await warmStart(parts));
    case 'docker':
      return await openDockerExecutor({
        settings: config,
        python: config.python,
        home: join(config.home, 'runners', worker.name, 'containers'),
        owner: { runner: worker.name, process: worker.process },
        logger,
        clock,
      });
  }
}

/** Undefined where no worker can be a sandbox of its own kind, or none is wanted. */
async function warmStart({
  config,
  worker,
  logger,
  clock,
  leaving,
}: ExecutorParts): Promise<WarmStart | undefined> {
  const { size, modules, idleMs } = config.warm;
  if (size === 0 || process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  const folder = join(config.home, 'runners', worker.name, 'warm');
  const host = { python: config.python };
  const pool = await WarmPool.open({ host, folder, size, modules, idleMs, clock, logger, leaving });
  return (record, request) => pool.take(record, request);
}

/** Accelerators that live executions hold by their own account, for the book of accelerators. */
export function holdersBy(executor: Pick<Executor, 'taken'>): OtherHolders {
  return async () => {
    const taken = await executor.taken();
    return new Map(
      taken.map(({ uuid, job, runner }) => [uuid, `a container of job ${job} (runner ${runner}) holds it`]),
    );
  };
}
