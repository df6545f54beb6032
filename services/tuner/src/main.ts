/** The tuner: trains candidates, compares, chooses. */
import { oofScores, openDatasetCache, serveAgent } from '@modelwright/agent-host';
import { sandboxedLaunch } from '@modelwright/harness';
import { runService } from '@modelwright/service';
import { tunerConfig } from './config.ts';
import { tuner } from './tuner.ts';

await runService({
  service: 'tuner',
  extraConfig: tunerConfig,
  async start(context) {
    const { bus, config, logger } = context;
    const python = config.MODELWRIGHT_PYTHON;
    const harness = { python, launch: sandboxedLaunch({ host: { python }, isolation: 'best' }) };
    const datasets = await openDatasetCache(bus.store, config.home);
    const scores = oofScores({ store: bus.store, datasets, harness, logger });
    return await serveAgent(tuner(scores), context);
  },
});
