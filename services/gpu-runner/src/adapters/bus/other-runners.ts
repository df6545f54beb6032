/** The records of the other runners of the farm, looked up when asked and not known freshly. */
import type { Records } from '@modelwright/bus';
import { type Worker, workerKey } from '@modelwright/contracts';

/** They write theirs every five seconds, and at every change. */
const FRESH_MS = 1_500;

export class OtherRunners {
  readonly #records: Pick<Records<Worker>, 'keys' | 'get'>;
  readonly #me: string;
  readonly #clock: () => number;
  #known: readonly Worker[] = [];
  #at = Number.NEGATIVE_INFINITY;

  constructor(records: Pick<Records<Worker>, 'keys' | 'get'>, me: string, clock: () => number) {
    this.#records = records;
    this.#me = workerKey('gpu-runner', me);
    this.#clock = clock;
  }

  async look(): Promise<readonly Worker[]> {
    const now = this.#clock();
    if (now - this.#at < FRESH_MS) return this.#known;
    const keys = (await this.#records.keys('gpu-runner')).filter((key) => key !== this.#me);
    const entries = await Promise.all(keys.map((key) => this.#records.get(key)));
    this.#known = entries.flatMap((entry) => (entry === null ? [] : [entry.value]));
    this.#at = now;
    return this.#known;
  }
}
