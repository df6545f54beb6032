/** The real command line as a child process, on a state folder of its own. */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Bus } from '@modelwright/bus';
import { openBus } from '@modelwright/bus/testing';
import { type TemporaryFolder, temporaryFolder } from '@modelwright/testing';
import { z } from 'zod';

export const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
export const COMMAND = fileURLToPath(new URL('../../cli/bin/modelwright.js', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const processes = z.object({
  natsUrl: z.string(),
  server: z.object({ pid: z.int() }).nullable(),
  services: z.array(z.object({ service: z.string(), name: z.string(), pid: z.int() })),
});
export type Processes = z.infer<typeof processes>;

/** One laptop: a state folder, what runs on it, and what a person would type. */
export class Laptop implements AsyncDisposable {
  readonly folder: string;
  readonly #temporary: TemporaryFolder;
  readonly #environment: Record<string, string>;

  private constructor(temporary: TemporaryFolder, environment: Record<string, string>) {
    this.#temporary = temporary;
    this.folder = temporary.path;
    this.#environment = environment;
  }

  static async open(environment: Record<string, string> = {}): Promise<Laptop> {
    return new Laptop(await temporaryFolder('modelwright-e2e-'), environment);
  }

  get home(): string {
    return join(this.folder, 'home');
  }

  /** Runs a command to its end, in the laptop's folder. */
  run(...words: string[]): Promise<Ended> {
    return this.runFrom(COMMAND, ...words);
  }

  /** As `run`, by the command line of another copy of the sources. */
  runFrom(command: string, ...words: string[]): Promise<Ended> {
    const child = spawn(process.execPath, [command, ...words], {
      cwd: this.folder,
      env: { ...inherited(), NO_COLOR: '1', MODELWRIGHT_HOME: this.home, ...this.#environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, stdout, stderr }));
    });
  }

  /** As `run`, and throws with all that was said unless it ended well. */
  async must(...words: string[]): Promise<string> {
    const { code, stdout, stderr } = await this.run(...words);
    if (code !== 0)
      throw new Error(`modelwright ${words.join(' ')} ended with ${code}:\n${stderr}\n${stdout}`);
    return stdout;
  }

  async processes(): Promise<Processes> {
    return processes.parse(JSON.parse(await readFile(join(this.home, 'processes.json'), 'utf8')));
  }

  /** A connection as the user named, to look at what lies in the streams. */
  async bus(user = 'manager'): Promise<Bus> {
    const { natsUrl } = await this.processes();
    const password = (await readFile(join(this.home, 'nats', 'passwords', user), 'utf8')).trim();
    return await openBus(natsUrl, { user, password });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.run('down', '--kill');
    await this.#temporary[Symbol.asyncDispose]();
  }
}

/** Without what would make the laptop somebody's own: their server, their models and the keys to them. */
function inherited(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => name !== 'NATS_URL' && name !== 'MODELWRIGHT_CONFIG' && !name.startsWith('OPENAI_'),
  );
  return Object.fromEntries(kept);
}
