/**
 * A simulated farm with a clock: everything takes its time, drawn anew for each thing, two trainings run at once and the
 * others wait, and the run hears the time every few seconds. The caller draws the noise, so that a run can be played again.
 */
import { submitted } from './samples.ts';
import { type Faults, SimulatedFarm } from './simulated-farm.ts';

export interface TimedOptions {
  /** Independent draws from a standard normal distribution. */
  readonly normal: () => number;
  /** Independent draws between 0 and 1. */
  readonly uniform: () => number;
  /** Of a training in the search, in the middle, seconds; other things have their own. */
  readonly trainingSeconds: number;
  readonly minutes: number;
  /** When the user asks for what there is, seconds after the beginning; null where nobody does. */
  readonly finishAfter: number | null;
  readonly faults?: Faults;
}

const SLOTS = 2;
const TICK_MS = 5000;
/** Of the logarithm of a duration: one in twenty takes more than twice its median. */
const SPREAD = 0.45;
/** Of things that take several times as long as they should. */
const STRAGGLERS = 0.02;
const STRAGGLING = 4;
/** Labelled rows over training rows in the sample data. */
const GROWTH = 1.5;
const MOST_HOURS = 100;

/** Medians, seconds, by what the name of a message contains. */
const MEDIANS: readonly [string, number][] = [
  ['_prepare_', 6],
  ['_portfolio_', 15],
  ['_implement_', 25],
  ['_floor_', 8],
  [':parked:', 1],
  ['_tune_', 10],
  ['_score_', 3],
  ['_holdout_', 3],
  ['_agreement_', 3],
  ['_reproduce_', 2],
  ['_package_', 4],
  ['_blend_', 20],
  ['_verify', 14],
];
const OTHERWISE = 3;

export class TimedFarm {
  readonly farm: SimulatedFarm;
  readonly #options: TimedOptions;
  readonly #due = new Map<string, number>();
  readonly #seconds = new Map<string, number>();
  /** When each slot for trainings is free again. */
  readonly #slots = Array.from({ length: SLOTS }, () => 0);

  constructor(options: TimedOptions) {
    this.#options = options;
    this.farm = new SimulatedFarm({ ...options.faults, secondsOf: (job) => this.#secondsOf(job) });
  }

  /** Plays the run to its end. */
  play(): SimulatedFarm {
    const { farm } = this;
    const { minutes, finishAfter } = this.#options;
    const begin = farm.now;
    const { budget, run } = submitted();
    farm.submit(submitted({ budget: { ...budget, minutes } }));
    let isAsked = finishAfter === null;
    let ticked = begin;
    while (farm.log.state.stage !== 'ended' && farm.now < begin + MOST_HOURS * 3_600_000) {
      const [name, due] = this.#next();
      const asked = isAsked ? Number.POSITIVE_INFINITY : begin + (finishAfter ?? 0) * 1000;
      farm.now = Math.max(farm.now, Math.min(due, ticked + TICK_MS, asked));
      if (farm.now >= asked && !isAsked) {
        isAsked = true;
        farm.inject({ type: 'finish-requested', run, reason: 'enough' });
      } else if (farm.now >= due && name !== null) {
        farm.deliverNamed(name);
      } else {
        ticked = farm.now;
        farm.tick(0);
      }
    }
    return farm;
  }

  /** What comes first of all that waits. */
  #next(): [string | null, number] {
    for (const name of this.farm.waiting) {
      if (!this.#due.has(name)) this.#due.set(name, this.#dueOf(name));
    }
    const waiting = this.farm.waiting.map((name): [string, number] => [name, this.#due.get(name) ?? 0]);
    return waiting.reduce<[string | null, number]>(
      (first, one) => (one[1] < first[1] ? one : first),
      [null, Number.POSITIVE_INFINITY],
    );
  }

  #dueOf(name: string): number {
    if (name === 'submit') return this.farm.now;
    const [, job] = /^job-finished:(.*)$/.exec(name) ?? [];
    if (job === undefined) return this.farm.now + this.#noisy(medianOf(name)) * 1000;
    const wait = this.#noisy(1) * 1000;
    const run = this.farm.tookOf(job) * 1000;
    return isTraining(job) ? this.#queued(run) + wait : this.farm.now + wait + run;
  }

  /** When a training that takes so long is done: it begins on the first slot that is free. */
  #queued(ms: number): number {
    const slot = this.#slots.indexOf(Math.min(...this.#slots));
    const end = Math.max(this.farm.now, this.#slots[slot] ?? 0) + ms;
    this.#slots[slot] = end;
    return end;
  }

  #secondsOf(job: string): number {
    const known = this.#seconds.get(job);
    if (known !== undefined) return known;
    const { trainingSeconds } = this.#options;
    const median = job.includes('_refit')
      ? trainingSeconds * GROWTH * (job.includes('_refit-final') ? 0.3 : 1)
      : isTraining(job)
        ? trainingSeconds * (job.includes('_c0_') ? 0.1 : 1)
        : medianOf(job);
    const drawn = this.#noisy(median);
    this.#seconds.set(job, drawn);
    return drawn;
  }

  #noisy(median: number): number {
    const { normal, uniform } = this.#options;
    const straggles = uniform() < STRAGGLERS ? STRAGGLING : 1;
    return median * Math.exp(SPREAD * normal()) * straggles;
  }
}

function isTraining(job: string): boolean {
  return job.includes('_tune_') || job.includes('_refit');
}

function medianOf(name: string): number {
  return MEDIANS.find(([part]) => name.includes(part))?.[1] ?? OTHERWISE;
}
