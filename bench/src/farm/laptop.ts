/** A laptop as a user has it: the real command line on a state folder of its own, and all that it starts. */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Bus, connectBus } from '@modelwright/bus';
import { createLogger } from '@modelwright/telemetry';
import { type TemporaryFolder, temporaryFolder } from '@modelwright/testing';
import { z } from 'zod';
import { onInterruption } from '../interruption.ts';

const COMMAND = fileURLToPath(new URL('../../../cli/bin/modelwright.js', import.meta.url));
const EXAMPLES = fileURLToPath(new URL('../../../examples', import.meta.url));
/** The end of what a command said, to be shown when it failed. */
const TAIL_CHARACTERS = 4000;

export const exampleFolder = (name: string) => join(EXAMPLES, name);

/** What `up` records of the processes it has started. */
const processesFile = z.object({
  natsUrl: z.string(),
  server: z.object({ pid: z.int(), version: z.string() }),
  services: z.array(z.object({ name: z.string(), pid: z.int() })),
});
export type Processes = z.infer<typeof processesFile>;

export class Laptop implements AsyncDisposable {
  readonly #folder: TemporaryFolder;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #interruption = onInterruption(() => this.#takeDown());

  private constructor(folder: TemporaryFolder, environment: Readonly<Record<string, string>>) {
    this.#folder = folder;
    this.#environment = environment;
  }

  static async open(environment: Readonly<Record<string, string>> = {}): Promise<Laptop> {
    return new Laptop(await temporaryFolder('modelwright-bench-'), environment);
  }

  /** Where commands are typed. */
  get folder(): string {
    return this.#folder.path;
  }

  /**
   * Runs a command to its end, and hands each line of its standard output on as it comes.
   *
   * @throws Error with the end of all it said, unless it ended well.
   */
  async run(words: readonly string[], onLine: (line: string) => void = () => undefined): Promise<void> {
    const child = spawn(process.execPath, [COMMAND, ...words], {
      cwd: this.#folder.path,
      env: { ...inherited(), NO_COLOR: '1', MODELWRIGHT_HOME: this.#home, ...this.#environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    const hear = (text: string) => {
      said = `${said}${text}`.slice(-TAIL_CHARACTERS);
    };
    child.stderr.setEncoding('utf8').on('data', hear);
    createInterface(child.stdout).on('line', (line) => {
      hear(`${line}\n`);
      onLine(line);
    });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (code !== 0) throw new Error(`modelwright ${words.join(' ')} ended with ${code}:\n${said}`);
  }

  async processes(): Promise<Processes> {
    return processesFile.parse(JSON.parse(await readFile(join(this.#home, 'processes.json'), 'utf8')));
  }

  /** A connection as the manager, who may read every stream. */
  async bus(): Promise<Bus> {
    const user = 'manager';
    const password = await readFile(join(this.#home, 'nats', 'passwords', user), 'utf8');
    const logger = createLogger({ service: 'bench', name: 'bench', level: 'silent' });
    const { natsUrl: url } = await this.processes();
    return await connectBus({ url, user, password, name: 'bench', logger });
  }

  /** Ends all that was started, and removes the folder. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#interruption[Symbol.dispose]();
    await this.#takeDown();
  }

  async #takeDown(): Promise<void> {
    await this.run(['down', '--kill']);
    await this.#folder[Symbol.asyncDispose]();
  }

  get #home(): string {
    return join(this.#folder.path, 'home');
  }
}

/** Without what would make the laptop somebody's own: their server, their models and the keys to them. */
function inherited(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => name !== 'NATS_URL' && name !== 'MODELWRIGHT_CONFIG' && !name.startsWith('OPENAI_'),
  );
  return Object.fromEntries(kept);
}
