/** What the phases of a job's life do about its accelerators: measure them, and look at them when it has ended. */
import type { AcceleratorUse } from '@modelwright/contracts';
import type { HostAccelerators } from '../adapters/accelerators/host-accelerators.ts';
import { readUse, type UseMeter } from '../adapters/accelerators/use-meter.ts';
import { endingOnAccelerators, type LastWords } from '../core/accelerators/ending-on-accelerators.ts';
import type { Ending } from '../core/job-state.ts';

export class AcceleratorCare {
  readonly #host: HostAccelerators;

  constructor(host: HostAccelerators) {
    this.#host = host;
  }

  /** Measures until it is disposed of; null for a job that holds none. @param folder Of the attempt. */
  async measure(job: string, folder: string): Promise<UseMeter | null> {
    const uuids = this.#uuidsOf(job);
    if (uuids.length === 0) return null;
    const models = this.#host.book.listAll().filter((one) => uuids.includes(one.uuid));
    const accelerators = models.map(({ uuid, model, vendor }) => ({ uuid, model, vendor }));
    return await this.#host.meters.begin(folder, accelerators);
  }

  /**
   * The ending as it really was. Accelerators that could not be taken from the job, or whose memory was exhausted with
   * nothing on it, are quarantined.
   */
  async judge(job: string, ending: Ending, words: LastWords): Promise<Ending> {
    const uuids = this.#uuidsOf(job);
    if (uuids.length === 0) return ending;
    const judged = endingOnAccelerators(ending, words);
    const { book, watch } = this.#host;
    if (judged.suspect !== null) await book.suspect(uuids, `after job ${job}: ${judged.suspect}`);
    if (judged.exhausted === 'accelerator') await watch.examine(job, uuids);
    return judged;
  }

  /** What is wrong with those of a job that ended badly: looked at once more, the kernel may have said so only now. */
  async faults(job: string): Promise<string[]> {
    const uuids = this.#uuidsOf(job);
    if (uuids.length === 0) return [];
    await this.#host.watch.look();
    const sick = this.#host.book.listAll().filter((one) => one.state === 'quarantined');
    return sick.flatMap(({ uuid, reason }) => (uuids.includes(uuid) ? [`${uuid}: ${reason}`] : []));
  }

  /** What the job made of them; null when it held none. */
  async use(folder: string, ending: Ending): Promise<AcceleratorUse | null> {
    return await readUse(folder, ending);
  }

  #uuidsOf(job: string): string[] {
    return this.#host.book.of(job).map((one) => one.uuid);
  }
}
