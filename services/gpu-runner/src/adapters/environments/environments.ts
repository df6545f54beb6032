/**
 * Python environments: the runner's own, or one made from requirements, once for each specification and host.
 *
 *   specification ─► key ─► lock (agreed on by the whole farm) ─► installed on this host by hash ─► used read-only
 *
 * Where the index does not answer, the base interpreter's own packages may serve, if they are exactly the wanted versions,
 * and that is said.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import type { EnvironmentLock, Job } from '@modelwright/contracts';
import type { Logger } from '@modelwright/telemetry';
import { z } from 'zod';
import type { InstallerFailure } from '../../core/environments/installer-failure.ts';
import { type PackagePolicy, specificationText } from '../../core/environments/specification.ts';
import { missingFrom, type Pin, readRequirements } from '../../core/requirements.ts';
import type { Environment } from '../../handlers/executor.ts';
import { Shelf } from '../disk/shelf.ts';
import { type BaseInterpreter, describeBase } from './base-interpreter.ts';
import type { BuildSandbox } from './build-sandbox.ts';
import { Installer } from './installer.ts';
import { moveCompiled } from './move-compiled.ts';
import { findSiteFiles } from './site-files.ts';
import { furnish, interpreterOf, lookInto } from './virtual-environment.ts';

export type EnvironmentResult =
  | {
      readonly kind: 'ready';
      readonly environment: Environment;
      /** Names its specification; null for the base as it is. */
      readonly key: string | null;
    }
  | {
      readonly kind: 'refused';
      readonly reason: string;
      /** It may well succeed later, or on another host. */
      readonly passing: boolean;
    };

/** What the farm agrees on. */
export interface EnvironmentLocks {
  /** Null when nobody has made one. */
  get(key: string): Promise<EnvironmentLock | null>;
  /** The one that counts: this one, or that of whoever was first. */
  agree(
    key: string,
    lock: Pick<EnvironmentLock, 'python' | 'platform' | 'packages'>,
  ): Promise<EnvironmentLock>;
}

export interface EnvironmentOptions {
  readonly root: string;
  readonly maxBytes: number;
  readonly policy: PackagePolicy;
  /** What the site says about its package index and network. */
  readonly variables: Readonly<Record<string, string>>;
  /** A file of requirements for jobs that name none; null: the base interpreter as it is. */
  readonly baseRequirements: string | null;
  readonly memoryBytes: number;
  readonly clock: () => number;
  readonly logger: Logger;
}

const kept = z.object({ folders: z.array(z.string()), notes: z.array(z.string()) });
type Kept = z.infer<typeof kept>;
type Ready = { readonly installer: Installer; readonly base: BaseInterpreter };
type Wanted = { readonly key: string; readonly text: string; readonly pins: readonly Pin[] };

/** To build in, however little is to be kept. */
const SMALLEST_DISK = 2 ** 30;

export class Environments {
  readonly #sandbox: BuildSandbox;
  readonly #locks: EnvironmentLocks;
  readonly #options: EnvironmentOptions;
  readonly #shelf: Shelf<Kept>;
  readonly #making = new Map<string, Promise<Kept | InstallerFailure>>();
  readonly #compiling = new Set<Promise<void>>();
  #ready: Promise<Ready> | null = null;

  constructor(sandbox: BuildSandbox, locks: EnvironmentLocks, options: EnvironmentOptions) {
    this.#sandbox = sandbox;
    this.#locks = locks;
    this.#options = options;
    this.#shelf = new Shelf({ ...options, kept });
  }

  /** @param user A folder that is there for as long as the environment is used. */
  async provide(wanted: Job['environment'], user: string): Promise<EnvironmentResult> {
    const text = wanted.kind === 'base' ? await this.#baseRequirements() : wanted.text;
    if (text === null) {
      return {
        kind: 'ready',
        key: null,
        environment: { python: this.#sandbox.python, folders: [], notes: [] },
      };
    }
    const requirements = readRequirements(text);
    if (requirements.kind === 'refused') return { ...requirements, passing: false };
    const ready = await this.#prepare();
    const { policy } = this.#options;
    const key = hash(
      specificationText({ requirements: requirements.text, python: ready.base.identity, packages: policy }),
    );
    // Environments of another base do not fit, though they are made from the same specification.
    const place = hash(`${key}\0${this.#sandbox.base}\0${ready.base.executable}`);
    const made =
      (await this.#shelf.use(place, user)) ?? (await this.#once(place, ready, { ...requirements, key }));
    if ('reason' in made) return { kind: 'refused', reason: made.reason, passing: made.passing };
    const python = interpreterOf(this.#shelf.content(place));
    return { kind: 'ready', key, environment: { python, ...made } };
  }

  /** Resolves when nothing goes on in the background. */
  async settled(): Promise<void> {
    await Promise.all(this.#compiling);
  }

  async #baseRequirements(): Promise<string | null> {
    const { baseRequirements: file } = this.#options;
    return file === null ? null : await readFile(file, 'utf8');
  }

  async #prepare(): Promise<Ready> {
    this.#ready ??= this.#open().catch((error: unknown) => {
      this.#ready = null;
      throw error;
    });
    return await this.#ready;
  }

  async #open(): Promise<Ready> {
    const { policy, variables, memoryBytes, maxBytes } = this.#options;
    const [base, site] = await Promise.all([describeBase(this.#sandbox), findSiteFiles(variables)]);
    if (policy === 'any' && site.withCredentials.length > 0) {
      throw new Error(
        `Packages from source may run their own programs, which could read the password in ${site.withCredentials.join(', ')}. Take an index without password, or set RUNNER_PACKAGES=wheels.`,
      );
    }
    const diskBytes = Math.max(maxBytes, SMALLEST_DISK);
    return { base, installer: new Installer(this.#sandbox, base, { policy, site, memoryBytes, diskBytes }) };
  }

  /** Those who want the same at the same time wait for one. */
  async #once(place: string, ready: Ready, wanted: Wanted): Promise<Kept | InstallerFailure> {
    const under = this.#making.get(place);
    if (under !== undefined) return await under;
    const making = this.#make(place, ready, wanted).finally(() => this.#making.delete(place));
    this.#making.set(place, making);
    return await making;
  }

  async #make(place: string, ready: Ready, wanted: Wanted): Promise<Kept | InstallerFailure> {
    await this.#shelf.begin(place);
    const failure = await this.#install(place, ready, wanted);
    if (failure === null) {
      return await this.#finish(
        place,
        { folders: [], notes: [`environment: ${wanted.key.slice(0, 12)}, packages locked by sha256`] },
        ready,
      );
    }
    const missing = missingFrom(ready.base.packages, wanted.pins);
    if (failure.tampered || missing.length > 0) {
      await this.#shelf.abandon(place);
      return { ...failure, reason: refusal(failure, missing) };
    }
    return await this.#useBase(place, ready, failure);
  }

  async #install(
    place: string,
    { base, installer }: Ready,
    wanted: Wanted,
  ): Promise<InstallerFailure | null> {
    const places = { environment: this.#shelf.content(place), workshop: this.#shelf.workshop(place) };
    await furnish(places.environment, base);
    let lock = await this.#locks.get(wanted.key);
    if (lock === null) {
      const resolved = await installer.resolve(places, wanted.text);
      if (resolved.kind === 'failed') return resolved.failure;
      const { version: python, platform } = base.identity;
      lock = await this.#locks.agree(wanted.key, { python, platform, packages: resolved.packages });
    }
    // What a package left while it was resolved is no part of the environment.
    await this.#shelf.begin(place);
    await furnish(places.environment, base);
    const failure = await installer.install(places, lock);
    if (failure === null) await furnish(places.environment, base);
    return failure;
  }

  async #finish(place: string, how: Kept, { installer }: Ready): Promise<Kept> {
    await this.#shelf.finish(place, how);
    const compiling = this.#compile(place, how, installer)
      .catch((err: unknown) => this.#options.logger.warn({ err }, 'an environment stays uncompiled'))
      .finally(() => this.#compiling.delete(compiling));
    this.#compiling.add(compiling);
    return how;
  }

  /**
   * Compiling costs as much as installing, and only makes later imports faster: it goes on beside the first job. What is
   * not compiled when this process ends stays so, and works.
   */
  async #compile(place: string, how: Kept, installer: Installer): Promise<void> {
    const [environment, target] = [this.#shelf.content(place), this.#shelf.workshop(place)];
    await mkdir(target, { recursive: true });
    if (await installer.compile(environment, target)) await moveCompiled(target, environment);
    await this.#shelf.finish(place, how); // it has grown
  }

  /** An environment of its own that finds the base's packages. */
  async #useBase(place: string, ready: Ready, { reason }: InstallerFailure): Promise<Kept> {
    await this.#shelf.begin(place);
    await furnish(this.#shelf.content(place), ready.base);
    await lookInto(this.#shelf.content(place), ready.base, ready.base.folders);
    const how: Kept = {
      // Where the base is an image, programs find its folders there.
      folders: this.#sandbox.base === '' ? [...ready.base.folders] : [],
      notes: [`environment: base packages, versions checked (${reason})`],
    };
    await this.#shelf.finish(place, how);
    return how;
  }
}

function refusal({ reason, tampered }: InstallerFailure, missing: readonly Pin[]): string {
  if (tampered) {
    return `the environment was not built: ${reason}. Somebody has changed the package, or the index of this host is not that of the others.`;
  }
  const names = missing.map((pin) => `${pin.name}==${pin.version}`).join(', ');
  return `the environment could not be built (${reason}), and the runner's own packages lack ${names}. Give the runner access to a package index, or install these versions in its environment.`;
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex');
