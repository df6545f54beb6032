/** How many jobs of which runs lie in the queue, looked up when asked and not known freshly. */
import type { Streams } from '@modelwright/bus';
import { allJobsFilter } from '@modelwright/contracts';
import type { Depths } from '../../core/queue-view.ts';

const FRESH_MS = 1_000;

export class QueueDepths {
  readonly #streams: Pick<Streams, 'depths'>;
  readonly #clock: () => number;
  #known: Depths = new Map();
  #at = Number.NEGATIVE_INFINITY;

  constructor(streams: Pick<Streams, 'depths'>, clock: () => number) {
    this.#streams = streams;
    this.#clock = clock;
  }

  async look(): Promise<Depths> {
    const now = this.#clock();
    if (now - this.#at < FRESH_MS) return this.#known;
    const before = allJobsFilter.length - 1;
    const found = await this.#streams.depths('JOBS', allJobsFilter);
    this.#known = new Map([...found].map(([subject, count]) => [subject.slice(before), count]));
    this.#at = now;
    return this.#known;
  }
}
