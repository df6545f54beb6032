/**
 * Which kinds of job a warm worker is kept for: those asked for most of late.
 *
 * Each kind has a demand: one for each job, halved every five minutes. Places go by highest averages (a kind's demand
 * over its number of workers), so that a kind in great demand gets a second worker before a rare one its first. A worker
 * makes way only for a kind in twice its demand: jobs of two kinds in turn do not drive each other's workers out.
 */

export interface Demand {
  readonly kind: string;
  readonly amount: number;
  /** Milliseconds since the epoch: of the last job. */
  readonly askedAt: number;
}

/** What to do now: kinds to start a worker for, and kinds to end one of. A kind stands there once for each worker. */
export interface Tending {
  readonly begin: readonly string[];
  readonly end: readonly string[];
}

export interface WarmState {
  readonly demands: readonly Demand[];
  /** The kinds of the workers there are without a job, ready or not: one entry each. */
  readonly held: readonly string[];
  /** Most workers at a time. */
  readonly size: number;
  /** A kind that nobody asked for so long has no worker. */
  readonly idleMs: number;
}

const HALF_LIFE_MS = 5 * 60_000;
const WORTH_A_CHANGE = 2;

/** After a job of this kind. */
export function asked(demands: readonly Demand[], kind: string, now: number): Demand[] {
  const before = demands.find((demand) => demand.kind === kind);
  const amount = 1 + (before === undefined ? 0 : amountNow(before, now));
  return [...demands.filter((demand) => demand.kind !== kind), { kind, amount, askedAt: now }];
}

/** Forgets what nobody asks for any more. */
export function remembered(demands: readonly Demand[], idleMs: number, now: number): Demand[] {
  return demands.filter(({ askedAt }) => now - askedAt < idleMs);
}

export function tend({ demands, held, size, idleMs }: WarmState, now: number): Tending {
  const alive = remembered(demands, idleMs, now);
  const end = held.filter((kind) => !alive.some((demand) => demand.kind === kind));
  const begin: string[] = [];
  const kept = new Kept(alive, now);
  for (const kind of held) if (!end.includes(kind)) kept.add(kind);
  for (;;) {
    const wanted = kept.wanted();
    if (wanted === null || size === 0) return { begin, end };
    if (kept.total >= size) {
      const weakest = kept.weakest();
      if (weakest === null || wanted.worth <= WORTH_A_CHANGE * weakest.worth) return { begin, end };
      kept.remove(weakest.kind);
      end.push(weakest.kind);
    }
    kept.add(wanted.kind);
    begin.push(wanted.kind);
  }
}

/** A place: for a kind, and what it is worth there. */
interface Place {
  readonly kind: string;
  readonly worth: number;
}

/** How many workers each kind has. */
class Kept {
  total = 0;
  readonly #demands: readonly Demand[];
  readonly #now: number;
  readonly #workers = new Map<string, number>();

  constructor(demands: readonly Demand[], now: number) {
    this.#demands = demands;
    this.#now = now;
  }

  add(kind: string): void {
    this.#change(kind, 1);
  }

  remove(kind: string): void {
    this.#change(kind, -1);
  }

  /** The kind that gets the next place. */
  wanted(): Place | null {
    return this.#places(1).sort((a, b) => b.worth - a.worth)[0] ?? null;
  }

  /** The kind that can best spare a worker. */
  weakest(): Place | null {
    const places = this.#places(0).filter(({ kind }) => this.#count(kind) > 0);
    return places.sort((a, b) => a.worth - b.worth)[0] ?? null;
  }

  #places(more: number): Place[] {
    return this.#demands.map((demand) => ({
      kind: demand.kind,
      worth: amountNow(demand, this.#now) / (this.#count(demand.kind) + more),
    }));
  }

  #count(kind: string): number {
    return this.#workers.get(kind) ?? 0;
  }

  #change(kind: string, by: number): void {
    this.#workers.set(kind, this.#count(kind) + by);
    this.total += by;
  }
}

function amountNow({ amount, askedAt }: Demand, now: number): number {
  return amount * 0.5 ** (Math.max(0, now - askedAt) / HALF_LIFE_MS);
}
