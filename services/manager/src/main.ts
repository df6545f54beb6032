/** The manager: run actors, the ticker, and the workers of setup, aggregation, grading and delivery. */
import { INBOX_CONSUMERS } from '@modelwright/bus';
import { inboxDefinitions } from '@modelwright/contracts';
import { runService } from '@modelwright/service';
import { createEffects } from './adapters/effects.ts';
import { createHarness } from './adapters/harness.ts';
import { createRunLogs } from './adapters/run-logs.ts';
import { createScratch } from './adapters/scratch.ts';
import { managerConfig } from './config.ts';
import { packageModel } from './handlers/delivery.ts';
import { grade } from './handlers/grader.ts';
import { inboxHandler } from './handlers/inbox.ts';
import { setUp } from './handlers/setup.ts';
import { runTicker } from './handlers/ticker.ts';
import { consumeWork } from './handlers/worker.ts';

await runService({
  service: 'manager',
  extraConfig: managerConfig,
  async prepare({ bus, config, logger }) {
    const changes = await bus.applyTopology({
      replicas: config.MODELWRIGHT_REPLICAS,
      scale: config.MODELWRIGHT_STORAGE_SCALE,
    });
    for (const change of changes) logger.info(change);
  },
  async start({ bus, config, logger, leaving, worker }) {
    const now = Date.now;
    const scratch = createScratch(config.home);
    const harness = await createHarness(logger);
    const ports = { bus, harness, scratch };
    const handle = inboxHandler({ logs: createRunLogs(bus), effects: createEffects(bus), logger, now });
    const inbox = { concurrency: 1, signal: leaving };
    const work = { bus, logger, leaving };
    const running = [
      ...INBOX_CONSUMERS.map((name) =>
        bus.streams.consume(name, Object.values(inboxDefinitions), inbox, handle),
      ),
      runTicker({
        bus,
        holder: worker.process,
        everyMs: config.MODELWRIGHT_TICK_SECONDS * 1000,
        logger,
        now,
        signal: leaving,
      }),
      consumeWork(work, 'setup', config.MANAGER_CONCURRENCY, (assigned) => setUp(ports, assigned)),
      consumeWork(work, 'grader', config.MANAGER_CONCURRENCY, (assigned) => grade(ports, assigned)),
      consumeWork(work, 'delivery', config.MANAGER_CONCURRENCY, (assigned) => packageModel(ports, assigned)),
    ];
    return {
      async drain() {
        await Promise.all(running);
      },
    };
  },
});
