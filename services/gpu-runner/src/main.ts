/** The runner: executes jobs on this host, contained, and outlived by the programs it has started. */
import { runService } from '@modelwright/service';
import { openAccelerators } from './adapters/accelerators/host-accelerators.ts';
import { holdersBy, openExecutor } from './adapters/open-executor.ts';
import { runnerConfig } from './config.ts';
import { runnerHome, startRunner } from './handlers/runner.ts';

// What is fetched for a program must be readable for the program's own user.
process.umask(0o022);

await runService({
  service: 'gpu-runner',
  extraConfig: runnerConfig,
  async start({ bus, config, logger, leaving, worker }) {
    const executor = await openExecutor({ config, worker, logger, leaving, clock: Date.now });
    const host = { home: config.home, runnerHome: runnerHome(config.home, worker.name) };
    const accelerators = await openAccelerators({
      ...{
        settings: config.acceleratorSettings,
        ...host,
        otherHolders: [holdersBy(executor)],
        clock: Date.now,
        logger,
      },
    });
    return await startRunner({
      ...{ bus, executor, accelerators, config, worker, logger, leaving },
      clock: Date.now,
    });
  },
});
