/**
 * Python environments: the runner's own, or one built from requirements, once for each text and Python version.
 *
 * Building is a trusted, networked step outside the sandbox: exact versions only, wheels only, so that nothing of a
 * package is executed. Where the index does not answer, the runner's own packages may serve, if they are exactly the
 * wanted versions, and that is said.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Job } from '@modelwright/contracts';
import type { Logger } from '@modelwright/telemetry';
import { z } from 'zod';
import { missingFrom, normalName, type Pin, readRequirements } from '../../core/requirements.ts';
import type { Environment } from '../../handlers/executor.ts';
import { command } from './command.ts';

export type EnvironmentResult =
  | { readonly kind: 'ready'; readonly environment: Environment }
  | { readonly kind: 'refused'; readonly reason: string };

const built = z.object({ folders: z.array(z.string()), notes: z.array(z.string()) });

const described = z.object({
  version: z.string(),
  packages: z.array(z.tuple([z.string(), z.string()])),
  folders: z.array(z.string()),
});
type Described = z.infer<typeof described>;

const DESCRIBE = `
import importlib.metadata, json, sys
print(json.dumps({
    "version": sys.version,
    "packages": [[d.metadata["Name"], d.version] for d in importlib.metadata.distributions()],
    "folders": [p for p in sys.path if p.endswith(("site-packages", "dist-packages"))],
}))
`;

const QUICK_MS = 60_000;
const INSTALL_MS = 900_000;
const KEPT_MS = 30 * 24 * 3600 * 1000;

export class Environments {
  readonly #root: string;
  readonly #python: string;
  readonly #variables: Record<string, string>;
  readonly #logger: Logger;
  readonly #building = new Map<string, Promise<EnvironmentResult>>();
  #own: Promise<Described> | null = null;

  /** `variables` reach the installer: PATH, and what a site says about its package index. */
  constructor(
    root: string,
    python: string,
    { variables, logger }: { readonly variables: Record<string, string>; readonly logger: Logger },
  ) {
    this.#root = root;
    this.#python = python;
    this.#variables = variables;
    this.#logger = logger;
  }

  async provide(wanted: Job['environment']): Promise<EnvironmentResult> {
    if (wanted.kind === 'base') {
      return { kind: 'ready', environment: { python: this.#python, folders: [], notes: [] } };
    }
    const requirements = readRequirements(wanted.text);
    if (requirements.kind === 'refused') return requirements;
    const own = await this.#describeOwn();
    const key = createHash('sha256').update(`${own.version}\0${requirements.text}`).digest('hex');
    const building = this.#building.get(key) ?? this.#ensure(join(this.#root, key), requirements, own);
    this.#building.set(key, building);
    return await building.finally(() => this.#building.delete(key));
  }

  async #ensure(
    folder: string,
    requirements: { readonly text: string; readonly pins: readonly Pin[] },
    own: Described,
  ): Promise<EnvironmentResult> {
    const known = await readFile(join(folder, 'ready.json'), 'utf8').catch(() => null);
    if (known !== null) {
      const now = new Date();
      await utimes(join(folder, 'ready.json'), now, now);
      return ready(folder, built.parse(JSON.parse(known)));
    }
    await this.#forgetUnused();
    const problem = await this.#install(folder, requirements.text);
    if (problem === null)
      return await this.#finish(folder, { folders: [], notes: ['environment: built from its requirements'] });
    const missing = missingFrom(installed(own), requirements.pins);
    if (missing.length > 0) {
      const names = missing.map((pin) => `${pin.name}==${pin.version}`).join(', ');
      return {
        kind: 'refused',
        reason: `the environment could not be built (${problem}), and the runner's own packages lack ${names}. Give the runner access to a package index, or install these versions in its environment.`,
      };
    }
    await this.#link(folder, own);
    return await this.#finish(folder, {
      folders: own.folders,
      notes: [`environment: base packages, versions checked (${problem})`],
    });
  }

  /** No job runs for so long: what was not asked for since is used by nobody. */
  async #forgetUnused(): Promise<void> {
    for (const name of await readdir(this.#root).catch(() => [])) {
      const used = await stat(join(this.#root, name, 'ready.json')).catch(() => null);
      const idleMs = used === null ? 0 : Date.now() - used.mtimeMs;
      if (idleMs > KEPT_MS) await rm(join(this.#root, name), { recursive: true, force: true });
    }
  }

  /** Null when everything was installed, else why not. */
  async #install(folder: string, text: string): Promise<string | null> {
    await this.#create(folder);
    const list = join(folder, 'requirements.txt');
    await writeFile(list, text);
    const words = [
      '-m',
      'pip',
      '--python',
      join(folder, 'bin/python'),
      'install',
      '--only-binary',
      ':all:',
      '--no-compile',
    ];
    const quiet = [
      '--no-input',
      '--disable-pip-version-check',
      '--retries',
      '1',
      '--timeout',
      '15',
      '-r',
      list,
    ];
    const done = await this.#run([...words, ...quiet], INSTALL_MS);
    if (!done.ok) return lastError(done.stderr);
    this.#compileLater(folder);
    return null;
  }

  /**
   * Compiling costs as much as installing, and only makes later imports faster: it goes on beside the first job. What is
   * not compiled when this process ends stays so, and works.
   */
  #compileLater(folder: string): void {
    const compile = 'import compileall, os, sys; os.nice(10); compileall.compile_dir(sys.argv[1], quiet=2)';
    const compiling = this.#run(['-c', compile, join(folder, 'lib')], INSTALL_MS, folder);
    compiling.catch((err: unknown) => this.#logger.warn({ err }, 'an environment stays uncompiled'));
  }

  /** An environment of its own that finds the runner's packages. */
  async #link(folder: string, own: Described): Promise<void> {
    await this.#create(folder);
    const inner = described.parse(JSON.parse((await this.#run(['-c', DESCRIBE], QUICK_MS, folder)).stdout));
    const [site] = inner.folders;
    if (site === undefined) throw new Error(`${folder} has no folder for packages`);
    await writeFile(join(site, 'base.pth'), `${own.folders.join('\n')}\n`);
  }

  async #create(folder: string): Promise<void> {
    await rm(folder, { recursive: true, force: true });
    await mkdir(this.#root, { recursive: true, mode: 0o755 });
    const made = await this.#run(['-m', 'venv', '--without-pip', folder], QUICK_MS);
    if (!made.ok) throw new Error(`a virtual environment could not be made: ${lastError(made.stderr)}`);
  }

  async #finish(folder: string, how: z.infer<typeof built>): Promise<EnvironmentResult> {
    await writeFile(join(folder, 'ready.json'), JSON.stringify(how));
    return ready(folder, how);
  }

  #describeOwn(): Promise<Described> {
    this.#own ??= this.#run(['-c', DESCRIBE], QUICK_MS).then((said) =>
      described.parse(JSON.parse(said.stdout)),
    );
    return this.#own;
  }

  #run(words: string[], timeoutMs: number, environment: string | null = null) {
    const python = environment === null ? this.#python : join(environment, 'bin/python');
    return command(python, words, { timeoutMs, env: this.#variables });
  }
}

function ready(folder: string, how: z.infer<typeof built>): EnvironmentResult {
  return { kind: 'ready', environment: { python: join(folder, 'bin/python'), ...how } };
}

function installed(own: Described): Map<string, string> {
  return new Map(own.packages.map(([name, version]) => [normalName(name), version]));
}

/** Of an installer's errors the one that says which versions there are, else the last. */
function lastError(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const errors = lines.filter((text) => text.startsWith('ERROR:'));
  const line =
    errors.find((text) => VERSIONS.test(text)) ?? errors.at(-1) ?? lines.at(-1) ?? 'no reason given';
  return line.replace('ERROR:', '').replace(VERSIONS, newestOf).trim().slice(0, 400);
}

const VERSIONS = /\(from versions: ([^)]*)\)/;
const MOST_VERSIONS = 8;

/** The installer lists them from the oldest on. */
function newestOf(_all: string, list: string): string {
  const versions = list.split(', ');
  const shown = versions.slice(-MOST_VERSIONS).join(', ');
  return `(there are versions ${versions.length > MOST_VERSIONS ? `… ${shown}` : shown})`;
}
