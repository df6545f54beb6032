/** What jobs share on this host: datasets and models, environments, assets. */
import { join } from 'node:path';
import type { Bus } from '@modelwright/bus';
import { assetPin, environmentLock } from '@modelwright/contracts';
import type { WorkerBeacon } from '@modelwright/service';
import type { Logger } from '@modelwright/telemetry';
import { Assets } from '../adapters/assets/assets.ts';
import { Downloads } from '../adapters/assets/downloads.ts';
import { HubSource } from '../adapters/assets/hub-source.ts';
import { SiteSource } from '../adapters/assets/site-source.ts';
import { UrlSource } from '../adapters/assets/url-source.ts';
import { FarmLocks, FarmPins } from '../adapters/bus/agreements.ts';
import { TreeCache } from '../adapters/disk/tree-cache.ts';
import { Environments } from '../adapters/environments/environments.ts';
import type { RunnerConfig } from '../config.ts';
import type { Executor, Isolation } from './executor.ts';

export interface SharedContent {
  readonly trees: TreeCache;
  readonly environments: Environments;
  readonly assets: Assets;
}

export interface ContentParts {
  readonly bus: Bus;
  readonly executor: Executor;
  readonly config: RunnerConfig;
  readonly worker: WorkerBeacon;
  readonly logger: Logger;
  readonly clock: () => number;
}

/** @param home The runner's folder on this host. */
export function sharedContent(parts: ContentParts, home: string, isolation: Isolation): SharedContent {
  const { bus, config, executor, worker, clock, logger } = parts;
  const cache = join(home, 'cache');
  // Where programs run as the runner's own user and see its files, they could write through a shared one.
  const share = isolation.level === 'none' && !isolation.ownUser ? 'copy' : 'link';
  const locks = new FarmLocks(bus.records('config', environmentLock), worker.name, clock);
  return {
    trees: new TreeCache(bus.store, { root: join(cache, 'trees'), maxBytes: config.cacheBytes, share }),
    environments: new Environments(executor.builds, locks, {
      root: join(cache, 'locked-environments'),
      maxBytes: config.environmentBytes,
      policy: config.packages,
      variables: config.installerVariables,
      baseRequirements: config.baseRequirements,
      memoryBytes: config.memoryBytes,
      clock,
      logger,
    }),
    assets: assetsOf(parts, cache, share),
  };
}

const PAUSE_MS = 1000;
const PATIENCE_MS = 60_000;

function assetsOf({ bus, config, clock }: ContentParts, cache: string, share: 'link' | 'copy'): Assets {
  const { rules, maxBytes, hubUrl, hubTokenFile, siteFolder } = config.assets;
  const parts = { root: join(cache, 'asset-parts'), pauseMs: PAUSE_MS, patienceMs: PATIENCE_MS, clock };
  const downloads = new Downloads(parts);
  const hub = new HubSource({
    url: hubUrl,
    tokenFile: hubTokenFile,
    pins: new FarmPins(bus.records('config', assetPin)),
    remembered: join(cache, 'asset-pins'),
    downloads,
    maxBytes,
  });
  const sources = { hub, url: new UrlSource(downloads, maxBytes), site: new SiteSource(siteFolder) };
  return new Assets(sources, { root: join(cache, 'assets'), maxBytes, rules, share, clock });
}
