/** Loads what the verdict on a job depends on, and remembers what fairness needs to know: who was served, who was sought. */
import type { Delivery } from '@modelwright/bus';
import type { Job, Worker } from '@modelwright/contracts';
import type { OtherRunners } from '../adapters/bus/other-runners.ts';
import type { QueueDepths } from '../adapters/bus/queue-depths.ts';
import { goesBefore } from '../core/fair-share.ts';
import { hostThatCould, hostWithRoom } from '../core/other-hosts.ts';
import {
  afterEmpty,
  afterStart,
  inTurn,
  keyOf,
  type Lane,
  lanesOf,
  level,
  needOf,
  type Overtaken,
} from '../core/queue-lanes.ts';
import { type QueueFacts, type Verdict, weigh, whatIsLacking } from '../core/queue-verdict.ts';
import { type Depths, lyingIn, waitingRuns } from '../core/queue-view.ts';
import { type Reconsidered, reconsider } from '../core/reservation.ts';
import { isInVain, type Search, wentOn } from '../core/search.ts';
import type { JobsInHand } from './jobs-in-hand.ts';

export interface GatePorts {
  readonly inHand: JobsInHand;
  readonly depths: Pick<QueueDepths, 'look'>;
  readonly others: Pick<OtherRunners, 'look'>;
  readonly clock: () => number;
}

/** A run whose jobs were sought in vain, though some seem to wait, is not sought again for so long. */
const SOUGHT_IN_VAIN_MS = 5_000;

export class QueueGate {
  readonly #ports: GatePorts;
  readonly #lanes: readonly Lane[];
  readonly #accelerators: number;
  #overtaken: Overtaken = new Map();
  /** Runs that others were held back for, by lane. */
  readonly #sought = new Map<string, Map<string, Search>>();
  readonly #inVain = new Map<string, number>();

  constructor(ports: GatePorts, classes: readonly string[], accelerators: number) {
    this.#ports = ports;
    this.#lanes = lanesOf(classes, accelerators);
    this.#accelerators = accelerators;
  }

  /** Those that could start something now, in the order to ask them. */
  lanes(): Lane[] {
    const { inHand } = this.#ports;
    const open = { processors: inHand.open('processors'), accelerators: inHand.open('accelerators') };
    return inTurn(
      this.#lanes.filter((lane) => open[lane.need].includes(lane.priority)),
      this.#overtaken,
    );
  }

  foundEmpty(lane: Lane): void {
    this.#overtaken = afterEmpty(this.#overtaken, lane);
    for (const run of [...(this.#sought.get(keyOf(lane))?.keys() ?? [])]) this.#endSearch(lane, run);
  }

  started(job: Job): void {
    this.#overtaken = afterStart(this.#lanes, this.#overtaken, this.#laneOf(job));
    this.#inVain.delete(job.run);
    this.#sought.get(keyOf(job))?.delete(job.run);
  }

  async weigh({ body: job, deliveries }: Delivery<Job>): Promise<Verdict> {
    const { inHand } = this.#ports;
    const lane = this.#laneOf(job);
    const { before, lying } = await this.#before(job, lane);
    const facts = { ...(await this.#facts(job)), deliveries, lying, before };
    const verdict = weigh({ ...facts, firstInLine: inHand.firstInLine?.id ?? null });
    if (before !== null && verdict.kind === 'pass') this.#seek(lane, before.run, lying);
    return verdict;
  }

  /** Of the first in line. */
  async reconsider(job: Job, roomElsewhereSince: number | null): Promise<Reconsidered> {
    return reconsider(await this.#facts(job), roomElsewhereSince, this.#ports.clock());
  }

  async #facts(
    job: Job,
  ): Promise<Pick<QueueFacts, 'slot' | 'memory' | 'picked' | 'roomElsewhere' | 'otherHost'>> {
    const { inHand, others, clock } = this.#ports;
    const workers: readonly Worker[] = whatIsLacking(inHand.roomFor(job)) === null ? [] : await others.look();
    const now = clock();
    return {
      // Looked at after the waiting: what was free before it may be taken.
      ...inHand.roomFor(job),
      roomElsewhere: hostWithRoom(job, workers, now),
      otherHost: hostThatCould(job, workers, now),
    };
  }

  /** Nobody goes before a run that has nothing here and has not been served: the bus is asked only where it can matter. */
  async #before(job: Job, lane: Lane): Promise<Pick<QueueFacts, 'before' | 'lying'>> {
    const { inHand, depths, others } = this.#ports;
    const shares = inHand.shares(lane.need);
    if (!shares.has(job.run)) return { before: null, lying: 0 };
    const rivals = level(this.#lanes, lane);
    const all = await depths.look();
    const lying = lyingIn(lane, all);
    const own = waitingRuns(rivals, all, [inHand.inWork()]);
    if ([...own].every((run) => run === job.run)) return { before: null, lying };
    const inWork = [inHand.inWork(), ...(await others.look()).map(workOf)];
    const waiting = [...waitingRuns(rivals, all, inWork)].filter((run) => !this.#soughtInVain(run));
    const thing = lane.need === 'accelerators' ? 'accelerators' : 'slots';
    return { before: goesBefore(job.run, waiting, shares, thing), lying };
  }

  #soughtInVain(run: string): boolean {
    return (this.#inVain.get(run) ?? 0) > this.#ports.clock();
  }

  #seek(lane: Lane, run: string, lying: number): void {
    const sought = this.#sought.get(keyOf(lane)) ?? new Map<string, Search>();
    const search = wentOn(sought.get(run), this.#ports.clock());
    this.#sought.set(keyOf(lane), sought.set(run, search));
    if (isInVain(search, lying)) this.#endSearch(lane, run);
  }

  #endSearch(lane: Lane, run: string): void {
    this.#sought.get(keyOf(lane))?.delete(run);
    this.#inVain.set(run, this.#ports.clock() + SOUGHT_IN_VAIN_MS);
  }

  #laneOf(job: Job): Lane {
    return { class: job.class, priority: job.priority, need: needOf(job.class, this.#accelerators) };
  }
}

function workOf({ runner }: Worker): Depths {
  return new Map(Object.entries(runner?.inWork ?? {}));
}
