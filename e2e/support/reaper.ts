/**
 * Kills services in the middle of asking: when a request has come and nothing was answered, or at a drawn moment after the
 * answer was sent, when it is being written down or its tools are at work. What was killed is started again.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { AtWork, Visit } from './engineer-at-work.ts';
import type { Laptop } from './modelwright.ts';
import { type Draws, draws } from './random.ts';

/** Which service asks for a role. */
const SERVICE_OF: Readonly<Record<Visit['role'], string>> = {
  setup: 'manager',
  manager: 'manager',
  aggregator: 'manager',
  designer: 'designer',
  coder: 'coder',
  tuner: 'tuner',
};

/** Of the turns of a service, the share that ends in a kill. A designer has few. */
const SHARE: Readonly<Record<string, number>> = { manager: 0.5, designer: 0.9, coder: 0.5, tuner: 0.5 };
/** Of the kills, the share that comes before the answer. */
const BEFORE = 0.5;
const LATEST_MS = 400;

export interface Kill {
  readonly service: string;
  readonly visit: Visit;
  readonly when: 'before' | 'after';
}

export class Reaper implements AtWork {
  readonly kills: Kill[] = [];
  readonly #laptop: Laptop;
  readonly #most: number;
  readonly #draws: ReadonlyMap<string, Draws>;
  readonly #met = new Set<string>();
  readonly #doomed = new Map<number, number>();
  /** One kill after the other, each with its restart: a service that dies while it starts would fail the start. */
  #line: Promise<unknown> = Promise.resolve();
  readonly #pending: Promise<unknown>[] = [];

  /** @param most Kills of each service. */
  constructor(laptop: Laptop, most: number, seed: number) {
    this.#laptop = laptop;
    this.#most = most;
    this.#draws = new Map(Object.keys(SHARE).map((service, n) => [service, draws(seed + n)]));
  }

  /** Services that have not been killed often enough. */
  get spared(): string[] {
    return [...this.#draws.keys()].filter((service) => this.#count(service) < this.#most);
  }

  /** Resolves when all that was killed runs again. @throws Error when something could not be started. */
  async restarted(): Promise<void> {
    await Promise.all(this.#pending);
    await this.#line;
  }

  async meet(visit: Visit): Promise<'answer' | 'silence'> {
    const service = SERVICE_OF[visit.role];
    const random = this.#draws.get(service);
    // A turn that has cost its service's life once may go on: three times in a row would be poison.
    if (random === undefined || this.#met.has(visit.question)) return 'answer';
    this.#met.add(visit.question);
    const [dies, when, moment] = [random.next() < (SHARE[service] ?? 0), random.next(), random.next()];
    if (!dies || this.#count(service) >= this.#most) return 'answer';
    if (when < BEFORE) {
      await this.#kill(service, visit, 'before');
      return 'silence';
    }
    this.#doomed.set(visit.number, moment * LATEST_MS);
    return 'answer';
  }

  answered(visit: Visit): void {
    const delay = this.#doomed.get(visit.number);
    if (delay === undefined) return;
    const strike = pause(delay).then(() => this.#kill(SERVICE_OF[visit.role], visit, 'after'));
    this.#pending.push(strike);
  }

  #count(service: string): number {
    return this.kills.filter((kill) => kill.service === service).length;
  }

  /** Resolves when the service is dead: by this kill, or by another while this one waited its turn. */
  #kill(service: string, visit: Visit, when: Kill['when']): Promise<void> {
    const lives = this.#count(service);
    const dead = Promise.withResolvers<void>();
    this.#line = this.#line.then(async () => {
      if (this.#count(service) === lives) {
        process.kill(await this.#pidOf(service), 'SIGKILL');
        this.kills.push({ service, visit, when });
        dead.resolve();
        await this.#laptop.must('up');
      }
      dead.resolve();
    });
    this.#line.catch(dead.reject);
    return dead.promise;
  }

  async #pidOf(service: string): Promise<number> {
    const { services } = await this.#laptop.processes();
    const victim = services.find((one) => one.service === service);
    if (victim === undefined) throw new Error(`there is no ${service} to kill`);
    return victim.pid;
  }
}
