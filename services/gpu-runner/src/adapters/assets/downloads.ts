/**
 * Fetches files over HTTP so that nothing is fetched twice and nothing is believed.
 *
 * A file grows under the name of its hash in a folder of its own. A connection that breaks, or a runner that is killed,
 * loses nothing: the rest is asked for. Only what has the expected hash leaves that folder.
 */
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AssetFailure } from './asset-failure.ts';
import { type FileHashes, hashesOf } from './hashes.ts';

/** What the content must be. */
export interface Expected {
  /** Null: not known. */
  readonly bytes: number | null;
  readonly hash: { readonly kind: 'sha256' | 'gitHash'; readonly value: string };
}

export interface Wanted {
  readonly url: string;
  /** For people. */
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly expected: Expected;
  readonly maxBytes: number;
}

export interface DownloadOptions {
  readonly root: string;
  /** Between two tries. */
  readonly pauseMs: number;
  /** Without a byte for so long, a connection counts as broken. */
  readonly patienceMs: number;
  readonly clock: () => number;
}

/** Tries in a row that brought nothing. */
const FRUITLESS = 4;
const FORGOTTEN_MS = 7 * 24 * 3600 * 1000;

export class Downloads {
  readonly #options: DownloadOptions;
  readonly #underWay = new Map<string, Promise<unknown>>();

  constructor(options: DownloadOptions) {
    this.#options = options;
  }

  /** Puts the file at `target`, in an existing folder. */
  async fetch(wanted: Wanted, target: string): Promise<FileHashes> {
    const part = join(this.#options.root, wanted.expected.hash.value);
    const before = this.#underWay.get(part) ?? Promise.resolve();
    const mine = before.then(() => this.#fetch(wanted, part, target));
    const settled = mine.catch(() => undefined); // whoever asked is told
    this.#underWay.set(part, settled);
    return await mine.finally(() => {
      if (this.#underWay.get(part) === settled) this.#underWay.delete(part);
    });
  }

  async #fetch(wanted: Wanted, part: string, target: string): Promise<FileHashes> {
    await mkdir(this.#options.root, { recursive: true, mode: 0o700 });
    await this.#forgetOld();
    for (const resumed of [true, false]) {
      if (!resumed) await rm(part, { force: true });
      const startedAt = await sizeOf(part);
      await this.#complete(wanted, part);
      const found = await hashesOf(part);
      const fault = whyNotExpected(found, wanted.expected);
      if (fault === null) {
        await rename(part, target);
        return found;
      }
      await rm(part, { force: true });
      // What an earlier try left may have been of something else.
      if (startedAt === 0) throw refusal(wanted, `${fault}: it is not what was asked for`);
    }
    throw refusal(wanted, 'it changes while it is fetched');
  }

  /** Until the server says that there is no more. */
  async #complete(wanted: Wanted, part: string): Promise<void> {
    for (let fruitless = 0; ; ) {
      const before = await sizeOf(part);
      try {
        await this.#once(wanted, part, before);
        return;
      } catch (error) {
        if (error instanceof AssetFailure && !error.passing) throw error;
        fruitless = (await sizeOf(part)) > before ? 0 : fruitless + 1;
        if (fruitless >= FRUITLESS) {
          const why = error instanceof Error ? messageOf(error) : String(error);
          throw new AssetFailure(`${wanted.name} could not be fetched: ${why}`, {
            passing: true,
            cause: error,
          });
        }
      }
      await delay(this.#options.pauseMs * 2 ** fruitless);
    }
  }

  async #once(wanted: Wanted, part: string, from: number): Promise<void> {
    if (from > 0 && from === wanted.expected.bytes) return;
    const silence = new Silence(this.#options.patienceMs);
    try {
      const range = from === 0 ? {} : { range: `bytes=${from}-` };
      const response = await fetch(wanted.url, {
        headers: { ...wanted.headers, ...range, 'accept-encoding': 'identity' },
        signal: silence.signal,
      });
      const resumes = response.status === 206 && startOf(response) === from;
      if (response.status === 416) {
        await rm(part, { force: true });
        throw new AssetFailure('there is nothing after what was fetched', { passing: true });
      }
      if (!response.ok) throw failureOf(wanted, response);
      await this.#keep(wanted, response.body, {
        part,
        from: resumes ? from : 0,
        heard: () => silence.heard(),
      });
    } finally {
      silence.end();
    }
    const [now, whole] = [await sizeOf(part), wanted.expected.bytes];
    if (whole !== null && now < whole) throw new Error(`the connection ended after ${now} of ${whole} bytes`);
  }

  async #keep(
    wanted: Wanted,
    body: ReadableStream<Uint8Array> | null,
    into: { readonly part: string; readonly from: number; readonly heard: () => void },
  ): Promise<void> {
    const most = wanted.expected.bytes ?? wanted.maxBytes;
    const file = await open(into.part, into.from > 0 ? 'a' : 'w');
    try {
      let bytes = into.from;
      for await (const piece of body ?? []) {
        into.heard();
        bytes += piece.length;
        if (bytes > most) throw refusal(wanted, `it has more than ${most} bytes`);
        await file.write(piece);
      }
      await file.sync();
    } finally {
      await file.close();
    }
  }

  async #forgetOld(): Promise<void> {
    for (const name of await readdir(this.#options.root)) {
      const path = join(this.#options.root, name);
      if (this.#underWay.has(path)) continue;
      const age = this.#options.clock() - (await stat(path)).mtimeMs;
      if (age > FORGOTTEN_MS) await rm(path, { force: true });
    }
  }
}

/** Aborts when nothing was heard for too long. */
class Silence {
  readonly #over = new AbortController();
  readonly #timer: NodeJS.Timeout;

  constructor(patienceMs: number) {
    this.#timer = setTimeout(
      () => this.#over.abort(new Error(`nothing came for ${patienceMs} ms`)),
      patienceMs,
    );
  }

  get signal(): AbortSignal {
    return this.#over.signal;
  }

  heard(): void {
    this.#timer.refresh();
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}

function whyNotExpected(found: FileHashes, expected: Expected): string | null {
  if (expected.bytes !== null && found.bytes !== expected.bytes) {
    return `it has ${found.bytes} bytes, not ${expected.bytes}`;
  }
  const { kind, value } = expected.hash;
  const name = kind === 'sha256' ? kind : 'git hash';
  return found[kind] === value ? null : `its ${name} is ${found[kind]}, not ${value}`;
}

function failureOf(wanted: Wanted, { status }: Response): AssetFailure {
  if (status === 401 || status === 403) {
    return refusal(
      wanted,
      `the server refuses it (${status}); it may need a token (RUNNER_HUB_TOKEN_FILE) whose owner has accepted its terms`,
    );
  }
  if (status === 404 || status === 410) return refusal(wanted, `the server has no such file (${status})`);
  return new AssetFailure(`${wanted.name}: the server answers ${status}`, {
    passing: status >= 500 || status === 429,
  });
}

function refusal({ name }: Wanted, why: string): AssetFailure {
  return new AssetFailure(`${name}: ${why}`, { passing: false });
}

function startOf(response: Response): number | null {
  const found = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '');
  return found === null ? null : Number(found[1]);
}

/** What `fetch` throws hides the reason in its cause. */
function messageOf(error: Error): string {
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}

async function sizeOf(path: string): Promise<number> {
  return await stat(path).then(
    ({ size }) => size,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return 0;
      throw error;
    },
  );
}
