/** Assets of one or several hosts that share what they agree on, before a hub of their own, for tests. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { AssetPin, AssetRequest } from '@modelwright/contracts';
import { temporaryFolder } from '@modelwright/testing';
import { Assets, type AssetsResult } from '../adapters/assets/assets.ts';
import { Downloads } from '../adapters/assets/downloads.ts';
import { type AssetPins, HubSource } from '../adapters/assets/hub-source.ts';
import { SiteSource } from '../adapters/assets/site-source.ts';
import { UrlSource } from '../adapters/assets/url-source.ts';
import { startTestHub, type TestHub } from './hub-server.ts';

export class PinsInMemory implements AssetPins {
  readonly pins = new Map<string, AssetPin>();

  get(run: string, key: string): Promise<AssetPin | null> {
    return Promise.resolve(this.pins.get(`${run}.${key}`) ?? null);
  }

  agree(run: string, key: string, pin: AssetPin): Promise<AssetPin> {
    const agreed = this.pins.get(`${run}.${key}`) ?? pin;
    this.pins.set(`${run}.${key}`, agreed);
    return Promise.resolve(agreed);
  }
}

export interface AssetBenchOptions {
  readonly allow: readonly string[];
  readonly mode: 'allow' | 'off';
  readonly maxBytes: number;
  readonly tokenFile: string | null;
}

export interface AssetBench extends AsyncDisposable {
  readonly path: string;
  readonly hub: TestHub;
  /** The site's folder. */
  readonly site: string;
  readonly pins: PinsInMemory;
  host(name: string, options?: Partial<AssetBenchOptions>): Assets;
  /** The folder of a job. */
  job(name: string): Promise<string>;
  /** What a job of the run gets; in `<job>/assets`. */
  give(assets: Assets, job: string, asked: readonly AssetRequest[], run?: string): Promise<AssetsResult>;
}

export const downloadsIn = (root: string) =>
  new Downloads({ root, pauseMs: 1, patienceMs: 5000, clock: Date.now });

export async function assetBench(): Promise<AssetBench> {
  const folder = await temporaryFolder();
  const hub = await startTestHub();
  const pins = new PinsInMemory();
  const site = join(folder.path, 'site');
  await mkdir(site);
  const job = async (name: string) => {
    const path = join(folder.path, 'jobs', name);
    await mkdir(path, { recursive: true });
    return path;
  };
  return {
    path: folder.path,
    hub,
    site,
    pins,
    job,
    host(name, { allow = ['*'], mode = 'allow', maxBytes = 2 ** 30, tokenFile = null } = {}) {
      const root = join(folder.path, name);
      const downloads = downloadsIn(join(root, 'parts'));
      const remembered = join(root, 'pins');
      const sources = {
        hub: new HubSource({ url: hub.url, tokenFile, pins, remembered, downloads, maxBytes }),
        url: new UrlSource(downloads, maxBytes),
        site: new SiteSource(site),
      };
      const rules = { mode, allow };
      return new Assets(sources, {
        root: join(root, 'assets'),
        maxBytes,
        rules,
        share: 'link',
        clock: Date.now,
      });
    },
    async give(assets, name, asked, run = 'run') {
      const user = await job(name);
      return await assets.provide({ run, assets: [...asked] }, join(user, 'assets'), user);
    },
    async [Symbol.asyncDispose]() {
      await hub.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}
