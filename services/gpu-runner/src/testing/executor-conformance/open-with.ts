/** An executor as a runner opens it, from the variables that a runner is given. */
import { createLogger } from '@modelwright/telemetry';
import { openExecutor } from '../../adapters/open-executor.ts';
import { runnerConfig } from '../../config.ts';
import type { Executor } from '../../handlers/executor.ts';

export function openWith(variables: Readonly<Record<string, string>>, home: string): Promise<Executor> {
  return openExecutor({
    config: { ...runnerConfig.parse(variables), home },
    worker: { name: 'conformance', process: `conformance-${process.pid}` },
    logger: createLogger({ service: 'gpu-runner', name: 'conformance', level: 'silent' }),
    leaving: new AbortController().signal,
    clock: Date.now,
  });
}
