/** The executor that the configuration asks for, found fit, or refused with what is missing. */
import { join } from 'node:path';
import type { WorkerBeacon } from '@modelwright/service';
import type { Logger } from '@modelwright/telemetry';
import type { RunnerConfig } from '../config.ts';
import type { Executor } from '../handlers/executor.ts';
import type { OtherHolders } from './accelerators/health-watch.ts';
import { openDockerExecutor } from './docker/docker-executor.ts';
import { ProcessExecutor } from './process/process-executor.ts';

export interface ExecutorParts {
  readonly config: RunnerConfig & { readonly home: string };
  readonly worker: Pick<WorkerBeacon, 'name' | 'process'>;
  readonly logger: Logger;
  readonly clock: () => number;
}

export async function openExecutor({ config, worker, logger, clock }: ExecutorParts): Promise<Executor> {
  switch (config.executor) {
    case 'process':
      return new ProcessExecutor(config.python, config);
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

/** Accelerators that live executions hold by their own account, for the book of accelerators. */
export function holdersBy(executor: Pick<Executor, 'taken'>): OtherHolders {
  return async () => {
    const taken = await executor.taken();
    return new Map(
      taken.map(({ uuid, job, runner }) => [uuid, `a container of job ${job} (runner ${runner}) holds it`]),
    );
  };
}
