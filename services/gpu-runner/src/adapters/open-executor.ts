/** The executor that the configuration asks for, found fit, or refused with what is missing. */
import { join } from 'node:path';
import type { WorkerBeacon } from '@modelwright/service';
import type { Logger } from '@modelwright/telemetry';
import type { RunnerConfig } from '../config.ts';
import type { Executor } from '../handlers/executor.ts';
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
