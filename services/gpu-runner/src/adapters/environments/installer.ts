/**
 * Resolves, installs and compiles the packages of an environment, each as a step in the build sandbox.
 *
 * Resolving decides what is installed; installing takes exactly that, by hash. With wheels alone no code of a package is
 * executed in either: files are unpacked. Compiling reads the sources and executes nothing of them.
 */
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EnvironmentLock } from '@modelwright/contracts';
import { type InstallerFailure, installerFailure } from '../../core/environments/installer-failure.ts';
import { lockedRequirements, readReport } from '../../core/environments/lock.ts';
import type { PackagePolicy } from '../../core/environments/specification.ts';
import type { BaseInterpreter } from './base-interpreter.ts';
import type { BuildSandbox, BuildStep } from './build-sandbox.ts';
import type { SiteFiles } from './site-files.ts';
import { interpreterOf } from './virtual-environment.ts';

export interface InstallerOptions {
  readonly policy: PackagePolicy;
  readonly site: SiteFiles;
  readonly memoryBytes: number;
  readonly diskBytes: number;
}

/** Of one environment. */
export interface BuildPlaces {
  readonly environment: string;
  /** For everything that is not to stay. */
  readonly workshop: string;
}

export type Resolved =
  | { readonly kind: 'resolved'; readonly packages: EnvironmentLock['packages'] }
  | { readonly kind: 'failed'; readonly failure: InstallerFailure };

const RESOLVE_SECONDS = 900;
const INSTALL_SECONDS = 1800;
const COMPILE_SECONDS = 900;
const REPORT_BYTES = 64 * 1024 * 1024;
const PATIENCE = ['--no-input', '--disable-pip-version-check', '--retries', '2', '--timeout', '15'];

export class Installer {
  readonly #sandbox: BuildSandbox;
  readonly #base: BaseInterpreter;
  readonly #options: InstallerOptions;

  constructor(sandbox: BuildSandbox, base: BaseInterpreter, options: InstallerOptions) {
    this.#sandbox = sandbox;
    this.#base = base;
    this.#options = options;
  }

  async resolve(places: BuildPlaces, requirements: string): Promise<Resolved> {
    const [list, report] = [join(places.workshop, 'requirements.txt'), join(places.workshop, 'report.json')];
    await writeFile(list, requirements);
    const words = ['--dry-run', '--quiet', '--report', report, '-r', list];
    const failure = await this.#install(places, words, RESOLVE_SECONDS);
    if (failure !== null) return { kind: 'failed', failure };
    const { size } = await stat(report);
    if (size > REPORT_BYTES) return failed(`the installer's report has ${size} bytes`);
    const reading = readReport(JSON.parse(await readFile(report, 'utf8')), this.#options.policy);
    if (reading.kind === 'refused') return failed(reading.reason);
    return { kind: 'resolved', packages: [...reading.packages] };
  }

  /** Null when everything was installed. */
  async install(places: BuildPlaces, lock: EnvironmentLock): Promise<InstallerFailure | null> {
    if (lock.packages.length === 0) return null;
    const list = join(places.workshop, 'locked.txt');
    await writeFile(list, lockedRequirements(lock.packages));
    const words = ['--require-hashes', '--no-deps', '--no-compile', '-r', list];
    return await this.#install(places, words, INSTALL_SECONDS);
  }

  /** Leaves bytecode in `target`, below the paths of the sources. */
  async compile(environment: string, target: string): Promise<boolean> {
    const program =
      'import compileall, os, sys; os.nice(10); compileall.compile_dir(sys.argv[1], quiet=2, force=True)';
    const result = await this.#sandbox.run({
      words: ['-I', '-S', '-X', `pycache_prefix=${target}`, '-c', program, join(environment, 'lib')],
      writable: [target],
      readable: [environment],
      variables: { PATH: PATH, LANG: 'C.UTF-8' },
      network: false,
      isolation: 'best',
      limits: this.#limits(COMPILE_SECONDS),
    });
    return result.ok;
  }

  async #install(
    places: BuildPlaces,
    words: readonly string[],
    seconds: number,
  ): Promise<InstallerFailure | null> {
    const pip = this.#base.installer;
    if (pip === null) {
      const reason = `there is no pip for ${this.#base.executable}`;
      return { reason, passing: false, tampered: false };
    }
    await mkdir(join(places.workshop, 'tmp'), { recursive: true });
    const wheels = this.#options.policy === 'wheels' ? ['--only-binary', ':all:'] : [];
    const python = interpreterOf(places.environment);
    const result = await this.#sandbox.run(
      this.#step(places, [...pip, '--python', python, 'install', ...PATIENCE, ...wheels, ...words], seconds),
    );
    return result.ok ? null : installerFailure(result.stderr, result.reason);
  }

  #step({ environment, workshop }: BuildPlaces, words: string[], seconds: number): BuildStep {
    const { policy, site } = this.#options;
    return {
      words: ['-I', ...words],
      writable: [environment, workshop],
      readable: site.readable,
      variables: {
        ...site.variables,
        PATH,
        LANG: 'C.UTF-8',
        HOME: workshop,
        TMPDIR: join(workshop, 'tmp'),
        PIP_CACHE_DIR: join(workshop, 'cache'),
      },
      network: true,
      isolation: policy === 'wheels' ? 'best' : 'required',
      limits: this.#limits(seconds),
    };
  }

  #limits(seconds: number): BuildStep['limits'] {
    return { seconds, memoryBytes: this.#options.memoryBytes, diskBytes: this.#options.diskBytes };
  }
}

const PATH = '/usr/local/bin:/usr/bin:/bin';

function failed(reason: string): Resolved {
  return { kind: 'failed', failure: { reason, passing: false, tampered: false } };
}
