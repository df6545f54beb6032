/**
 * One `up` under way. Every process is recorded the moment it lives, so that a command that is killed half-way leaves
 * nothing that `down` would not find; `undo` takes back what this one started.
 */
import { join } from 'node:path';
import type { Config } from '../../config.ts';
import { asksModels, type Counts, type Place, type ServiceName } from '../../core/farm-plan.ts';
import { type ServiceSettings, serviceEnvironment } from '../../core/service-environment.ts';
import { startInBackground } from '../background.ts';
import { openBus } from '../bus.ts';
import type { Models } from '../models.ts';
import { awaitEnd, type ProcessIdentity, signalProcess } from '../process-table.ts';
import type { RecordedServer, RecordedService } from '../state-folder.ts';
import type { Farm } from './farm.ts';
import type { Watched } from './foreground.ts';
import { type Awaited, awaitReady } from './readiness.ts';
import { type PortWish, type RunningServer, type ServerProgram, startServer } from './server.ts';

const POLITE_MS = 5_000;

export class Launch {
  readonly #config: Config;
  readonly #farm: Farm;
  readonly #counts: Counts;
  /** Logs come to the command's own output. */
  readonly #foreground: boolean;
  readonly #started: Awaited[] = [];
  #newServer: RunningServer | null = null;

  constructor(config: Config, farm: Farm, wish: { counts: Counts; foreground: boolean }) {
    this.#config = config;
    this.#farm = farm;
    this.#counts = wish.counts;
    this.#foreground = wish.foreground;
  }

  get natsUrl(): string {
    return this.#config.outside?.url ?? `nats://127.0.0.1:${this.#server?.port ?? 0}`;
  }

  /** What was started here, server included. */
  get processes(): Watched[] {
    const server = this.#newServer === null ? [] : [{ name: 'nats-server', ended: this.#newServer.ended }];
    return [...server, ...this.#started];
  }

  async server(program: ServerProgram, wish: PortWish): Promise<void> {
    const log = this.#logOf('nats-server');
    this.#newServer = await startServer(this.#farm.state, program, wish, {
      environment: this.#config.inherited,
      log,
    });
    await this.#record();
  }

  async service(
    place: Place,
    settings: Pick<ServiceSettings, 'python' | 'slots'> & { readonly models: Models },
  ): Promise<void> {
    const log = this.#logOf(place.name);
    const started = await startInBackground({
      command: process.execPath,
      arguments: [mainFileOf(this.#config, place.service)],
      environment: serviceEnvironment(place, shareable(this.#config.inherited), {
        ...settings,
        home: this.#config.home,
        natsUrl: this.natsUrl,
        ...this.#credentials(place.service),
      }),
      cwd: this.#config.root,
      log,
    });
    const models = asksModels(place.service) ? settings.models.told : null;
    this.#started.push({ ...place, ...started, since: Date.now(), log, models });
    await this.#record();
  }

  /** Resolves when all that was started is ready. */
  async ready(): Promise<void> {
    if (this.#started.length === 0) return;
    const bus = await openBus(this.#config);
    try {
      await awaitReady(bus, this.#started);
    } finally {
      await bus.close();
    }
  }

  /** Ends what was started here, newest first. */
  async undo(): Promise<void> {
    const mine: ProcessIdentity[] = this.#started.toReversed();
    if (this.#newServer !== null) mine.push(this.#newServer);
    for (const one of mine) await signalProcess(one, 'SIGTERM');
    for (const one of mine) {
      if (!(await awaitEnd(one, POLITE_MS))) await signalProcess(one, 'SIGKILL');
    }
    this.#started.length = 0;
    this.#newServer = null;
    if (this.#server === null && this.#farm.alive.length === 0) await this.#farm.state.removeProcesses();
    else await this.#record();
  }

  get #server(): RecordedServer | null {
    return this.#newServer ?? this.#farm.server;
  }

  #logOf(name: string): string | null {
    return this.#foreground ? null : this.#farm.state.logFile(name);
  }

  /** Each service has its own user on the own server; on another all share the one that was given. */
  #credentials(service: ServiceName): Pick<ServiceSettings, 'user' | 'passwordFile' | 'password'> {
    const { outside } = this.#config;
    if (outside !== null) return { user: outside.user, passwordFile: null, password: outside.password };
    const user = busUserOf(service);
    return { user, passwordFile: this.#farm.state.passwordFile(user), password: null };
  }

  async #record(): Promise<void> {
    await this.#farm.state.writeProcesses({
      version: 1,
      natsUrl: this.natsUrl,
      server: this.#server === null ? null : withoutEnd(this.#server),
      counts: this.#counts,
      services: [...this.#farm.alive, ...this.#started.map(withoutEnd)],
    });
  }
}

/** The bus knows the runner's user by a shorter name. */
export function busUserOf(service: ServiceName) {
  return service === 'gpu-runner' ? 'runner' : service;
}

export function mainFileOf(config: Config, service: ServiceName): string {
  return join(config.root, 'services', service, 'src', 'main.ts');
}

/** One health port cannot serve several processes: each service's own container sets it. */
function shareable(inherited: Config['inherited']): Record<string, string> {
  const { MODELWRIGHT_HEALTH_PORT: _, ...rest } = inherited;
  return rest;
}

function withoutEnd<Recorded extends RecordedService | RecordedServer>(one: Recorded): Recorded {
  return { ...one, ended: undefined };
}
