/**
 * A model hub: repositories of files at commits, as Hugging Face's hub serves them and its mirrors do.
 *
 * What a branch or tag means is asked once a run and agreed on by all hosts; from then on files are fetched by commit and
 * verified by hash. A hub that does not answer is no reason to do without what this host has seen before.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type AssetPin, type AssetSource, assetPin, relativePath } from '@modelwright/contracts';
import { type AssetFile, totalBytes } from '../../core/assets/asset-manifest.ts';
import { sourceName } from '../../core/assets/asset-rules.ts';
import { readListing } from '../../core/assets/hub-listing.ts';
import { readWhole, writeWhole } from '../disk/whole-file.ts';
import { AssetFailure } from './asset-failure.ts';
import { boundedJson } from './bounded-json.ts';
import type { Downloads, Expected } from './downloads.ts';
import type { FoundAsset } from './found-asset.ts';

export type HubRequest = Extract<AssetSource, { kind: 'hub' }>;

/** What the farm agrees on. */
export interface AssetPins {
  get(run: string, key: string): Promise<AssetPin | null>;
  /** The one that counts: this one, or that of whoever was first. */
  agree(run: string, key: string, pin: AssetPin): Promise<AssetPin>;
}

export interface HubOptions {
  /** Without a slash at its end. */
  readonly url: string;
  /** Read anew each time, so that it can be renewed; null: none. */
  readonly tokenFile: string | null;
  readonly pins: AssetPins;
  /** Where this host remembers what it has seen. */
  readonly remembered: string;
  readonly downloads: Downloads;
  readonly maxBytes: number;
}

const ANSWER_MS = 30_000;
const ANSWER_BYTES = 32 * 1024 * 1024;

export class HubSource {
  readonly #options: HubOptions;

  constructor(options: HubOptions) {
    this.#options = options;
  }

  async find(source: HubRequest, run: string): Promise<FoundAsset> {
    if (!relativePath.safeParse(source.revision).success) {
      throw new AssetFailure(`"${source.revision}" is no name of a revision`, { passing: false });
    }
    const pin = await this.#pin(source, run);
    return {
      identity: JSON.stringify(['hub', source.repository, pin.commit, pin.files]),
      bytes: totalBytes(pin.files),
      licence: pin.licence,
      commit: pin.commit,
      fetch: (folder) => this.#fetch(source, pin, folder),
    };
  }

  async #pin(source: HubRequest, run: string): Promise<AssetPin> {
    const key = createHash('sha256').update(JSON.stringify(source)).digest('hex').slice(0, 32);
    const agreed = await this.#options.pins.get(run, key);
    if (agreed !== null) return agreed;
    return await this.#options.pins.agree(run, key, await this.#askOrRemember(source, key));
  }

  async #askOrRemember(source: HubRequest, key: string): Promise<AssetPin> {
    const file = join(this.#options.remembered, `${key}.json`);
    try {
      const pin = await this.#ask(source);
      await mkdir(this.#options.remembered, { recursive: true });
      await writeWhole(file, pin);
      return pin;
    } catch (error) {
      const known = error instanceof AssetFailure && error.passing ? await readWhole(file, assetPin) : null;
      if (known === null) throw error;
      return known;
    }
  }

  async #ask(source: HubRequest): Promise<AssetPin> {
    const { repository, revision, files } = source;
    const url = `${this.#options.url}/api/models/${repository}/revision/${encodeURIComponent(revision)}?blobs=true`;
    const name = sourceName(source);
    const answer = await fetch(url, {
      headers: await this.#headers(),
      signal: AbortSignal.timeout(ANSWER_MS),
    }).catch((cause: unknown) => {
      throw new AssetFailure(`${name}: the hub ${this.#options.url} does not answer`, {
        passing: true,
        cause,
      });
    });
    if (!answer.ok) throw refusedBy(name, answer.status);
    const listing = readListing(await boundedJson(answer, name, ANSWER_BYTES), files);
    if (listing.kind === 'refused') throw new AssetFailure(`${name}: ${listing.reason}`, { passing: false });
    return listing.pin;
  }

  async #fetch({ repository }: HubRequest, pin: AssetPin, folder: string): Promise<AssetFile[]> {
    const headers = await this.#headers();
    const fetched: AssetFile[] = [];
    for (const file of pin.files) {
      const target = join(folder, file.path);
      await mkdir(dirname(target), { recursive: true });
      const path = file.path.split('/').map(encodeURIComponent).join('/');
      const { sha256, bytes } = await this.#options.downloads.fetch(
        {
          url: `${this.#options.url}/${repository}/resolve/${pin.commit}/${path}`,
          name: `hub:${repository}@${pin.commit} ${file.path}`,
          headers,
          expected: { bytes: file.bytes, hash: hashOf(file) },
          maxBytes: this.#options.maxBytes,
        },
        target,
      );
      fetched.push({ path: file.path, bytes, sha256 });
    }
    return fetched;
  }

  async #headers(): Promise<Record<string, string>> {
    const { tokenFile } = this.#options;
    if (tokenFile === null) return {};
    return { authorization: `Bearer ${(await readFile(tokenFile, 'utf8')).trim()}` };
  }
}

function hashOf({ sha256, gitHash }: AssetPin['files'][number]): Expected['hash'] {
  return sha256 === null ? { kind: 'gitHash', value: gitHash } : { kind: 'sha256', value: sha256 };
}

function refusedBy(name: string, status: number): AssetFailure {
  if (status === 404)
    return new AssetFailure(`${name}: the hub has no such repository or revision`, { passing: false });
  if (status === 401 || status === 403) {
    const remedy = 'the repository may be private or gated (RUNNER_HUB_TOKEN_FILE), or its name wrong';
    return new AssetFailure(`${name}: the hub refuses it (${status}): ${remedy}`, { passing: false });
  }
  return new AssetFailure(`${name}: the hub answers ${status}`, { passing: status >= 500 || status === 429 });
}
