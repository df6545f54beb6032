/** The manager: run actors, the ticker, and the workers of setup, aggregation, grading and delivery. */
import { oofScores, openAgent, openDatasetCache, serveAgent } from '@modelwright/agent-host';
import { INBOX_CONSUMERS } from '@modelwright/bus';
import { inboxDefinitions } from '@modelwright/contracts';
import { sandboxedLaunch } from '@modelwright/harness';
import { runService } from '@modelwright/service';
import { createEffects } from './adapters/effects.ts';
import { createHarness } from './adapters/harness.ts';
import { harnessInTurn } from './adapters/harness-in-turn.ts';
import { createRunLogs } from './adapters/run-logs.ts';
import { createScratch } from './adapters/scratch.ts';
import { aggregator } from './agents/aggregator/aggregator.ts';
import { managerAgent } from './agents/manager-model/manager-agent.ts';
import { setupAgent } from './agents/setup/setup-agent.ts';
import { managerConfig } from './config.ts';
import { packageModel } from './handlers/delivery.ts';
import { grade } from './handlers/grader/grader.ts';
import { inboxHandler } from './handlers/inbox.ts';
import { consumeSetup } from './handlers/setup.ts';
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
  async start(context) {
    const { bus, config, logger, leaving } = context;
    const now = Date.now;
    const scratch = createScratch(config.home);
    const python = config.MODELWRIGHT_PYTHON;
    const site = { python, launch: sandboxedLaunch({ host: { python }, isolation: 'best' }) };
    const datasets = await openDatasetCache(bus.store, config.home);
    const scores = oofScores({ store: bus.store, datasets, harness: site, logger });
    const ports = { bus, harness: createHarness(site), scores, scratch };
    const logs = createRunLogs(bus);
    const handle = inboxHandler({ logs, effects: createEffects(bus), logger, now });
    const inbox = { concurrency: 1, signal: leaving };
    const everyMs = config.MODELWRIGHT_TICK_SECONDS * 1000;
    const holder = context.worker.process;
    const work = { bus, logger, leaving };
    const atOnce = config.MANAGER_CONCURRENCY;
    const setting = { store: bus.store, harness: harnessInTurn(ports.harness, atOnce), scratch };
    const proposing = await openAgent(setupAgent(setting), context);
    const aggregating = await serveAgent(aggregator(ports), context);
    const deciding = await serveAgent(managerAgent({ streams: bus.streams, scratch }), context);
    const running = [
      ...INBOX_CONSUMERS.map((name) =>
        bus.streams.consume(name, Object.values(inboxDefinitions), inbox, handle),
      ),
      runTicker({ bus, holder, everyMs, logger, now, signal: leaving }),
      consumeSetup({ ...work, ...setting }, config.AGENT_CONCURRENCY, proposing),
      consumeWork(work, 'grader', atOnce, (assigned) => grade(ports, assigned)),
      consumeWork(work, 'delivery', atOnce, (assigned) => packageModel(ports, assigned)),
    ];
    return {
      async drain() {
        await Promise.all([...running, aggregating.drain(), deciding.drain()]);
      },
    };
  },
});
