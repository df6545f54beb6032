/**
 * Assets of jobs, such as pretrained weights: found, fetched once for each content and host, given read-only.
 *
 *   request ─► allowed here? ─► found (named by its content) ─► on the shelf, or fetched ─► linked into the job's folder
 */
import { createHash } from 'node:crypto';
import { copyFile, link, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type AssetRecord, type AssetRequest, type Job, relativePath } from '@modelwright/contracts';
import { z } from 'zod';
import { type AssetFile, manifestText } from '../../core/assets/asset-manifest.ts';
import { type AssetRules, sourceName, whyNotAllowed } from '../../core/assets/asset-rules.ts';
import { Placed } from '../../core/assets/placed.ts';
import { HUB_HOME, placements, TORCH_HOME } from '../../core/assets/placements.ts';
import { Shelf } from '../disk/shelf.ts';
import { AssetFailure } from './asset-failure.ts';
import type { FoundAsset } from './found-asset.ts';
import type { HubSource } from './hub-source.ts';
import type { SiteSource } from './site-source.ts';
import type { UrlSource } from './url-source.ts';

export type AssetsResult =
  | { readonly kind: 'ready'; readonly records: readonly AssetRecord[] }
  | {
      readonly kind: 'refused';
      readonly reason: string;
      /** It may well succeed later, or on another host. */
      readonly passing: boolean;
    };

export interface AssetSources {
  readonly hub: HubSource;
  readonly url: UrlSource;
  readonly site: SiteSource;
}

export interface AssetOptions {
  readonly root: string;
  readonly maxBytes: number;
  readonly rules: AssetRules;
  /** `copy`: where programs could write through a link. */
  readonly share: 'link' | 'copy';
  readonly clock: () => number;
}

const kept = z.object({
  files: z.array(z.object({ path: relativePath, bytes: z.int().nonnegative(), sha256: z.string() })),
});
type Kept = z.infer<typeof kept>;

export class Assets {
  readonly #sources: AssetSources;
  readonly #options: AssetOptions;
  readonly #shelf: Shelf<Kept>;
  readonly #fetching = new Map<string, Promise<Kept>>();

  constructor(sources: AssetSources, options: AssetOptions) {
    this.#sources = sources;
    this.#options = options;
    this.#shelf = new Shelf({ ...options, kept });
  }

  /** Puts all that the job asks for into the folder `target`, made anew. `user` is a folder that is there while they are used. */
  async provide(job: Pick<Job, 'run' | 'assets'>, target: string, user: string): Promise<AssetsResult> {
    const refused = job.assets.map(({ source }) => whyNotAllowed(source, this.#options.rules));
    const reason = refused.find((one) => one !== null);
    if (reason !== undefined) return { kind: 'refused', reason, passing: false };
    await rm(target, { recursive: true, force: true });
    for (const folder of ['', HUB_HOME, TORCH_HOME]) await mkdir(join(target, folder), { recursive: true });
    try {
      const records: AssetRecord[] = [];
      const placed = new Placed();
      for (const request of job.assets)
        records.push(await this.#provideOne(job.run, request, { target, user, placed }));
      return { kind: 'ready', records };
    } catch (error) {
      if (!(error instanceof AssetFailure)) throw error;
      return { kind: 'refused', reason: `an asset is missing: ${error.message}`, passing: error.passing };
    }
  }

  async #provideOne(
    run: string,
    request: AssetRequest,
    { target, user, placed }: { readonly target: string; readonly user: string; readonly placed: Placed },
  ): Promise<AssetRecord> {
    const found = await this.#find(request, run);
    const name = sourceName(request.source);
    const { maxBytes } = this.#options;
    if ((found.bytes ?? 0) > maxBytes) {
      const message = `${name} has ${found.bytes} bytes; this host keeps ${maxBytes} (RUNNER_ASSET_BYTES)`;
      throw new AssetFailure(message, { passing: false });
    }
    const place = createHash('sha256').update(found.identity).digest('hex');
    const { files } = (await this.#shelf.use(place, user)) ?? (await this.#once(place, found));
    await this.#place(place, { request, files, commit: found.commit, target, placed });
    const sha256 = createHash('sha256').update(manifestText(files)).digest('hex');
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    return {
      name: request.name,
      source: found.commit === null ? name : `${name} (${found.commit})`,
      sha256,
      bytes,
      licence: found.licence,
    };
  }

  #find({ source }: AssetRequest, run: string): Promise<FoundAsset> {
    switch (source.kind) {
      case 'hub':
        return this.#sources.hub.find(source, run);
      case 'url':
        return this.#sources.url.find(source);
      case 'site':
        return this.#sources.site.find(source);
    }
  }

  /** Those who want the same at the same time wait for one. */
  async #once(place: string, found: FoundAsset): Promise<Kept> {
    const under = this.#fetching.get(place);
    if (under !== undefined) return await under;
    const fetching = this.#fetch(place, found).finally(() => this.#fetching.delete(place));
    this.#fetching.set(place, fetching);
    return await fetching;
  }

  async #fetch(place: string, found: FoundAsset): Promise<Kept> {
    await this.#shelf.begin(place);
    await this.#shelf.makeRoom(found.bytes ?? 0);
    try {
      const fetched: Kept = { files: await found.fetch(this.#shelf.content(place)) };
      await this.#shelf.finish(place, fetched);
      return fetched;
    } catch (error) {
      await this.#shelf.abandon(place);
      throw error;
    }
  }

  async #place(
    place: string,
    {
      request,
      files,
      commit,
      target,
      placed,
    }: {
      readonly request: AssetRequest;
      readonly files: readonly AssetFile[];
      readonly commit: string | null;
      readonly target: string;
      readonly placed: Placed;
    },
  ): Promise<void> {
    for (const placement of placements(request, files, commit)) {
      const found = placed.take(request.name, placement);
      if (found.kind === 'clash') throw new AssetFailure(found.reason, { passing: false });
      if (found.kind === 'same') continue;
      const to = join(target, placement.to);
      await mkdir(dirname(to), { recursive: true });
      if (placement.kind === 'text') await writeFile(to, placement.text);
      else if (this.#options.share === 'link')
        await link(join(this.#shelf.content(place), placement.from), to);
      else await copyFile(join(this.#shelf.content(place), placement.from), to);
    }
  }
}
