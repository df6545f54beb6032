/**
 * Looks after the accelerators of a host now and then: what the kernel's log and the vendor's tool say of each, and who else on
 * the host has one. What failed is quarantined in the book.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@modelwright/telemetry';
import { isAt, kernelFault } from '../../core/accelerators/kernel-fault.ts';
import { memoryWithoutOwner } from '../../core/accelerators/memory-without-owner.ts';
import type { AcceleratorBook } from './accelerator-book.ts';
import type { KernelLog } from './kernel-log.ts';
import { type AcceleratorProbe, ToolFailed } from './probe.ts';

/** Who holds an accelerator on this host beside this runner's own book, in words, by UUID. */
export type OtherHolders = (uuids: readonly string[]) => Promise<ReadonlyMap<string, string>>;

const OTHERS_AGAIN_MS = 2000;

export interface WatchParts {
  readonly book: AcceleratorBook;
  readonly probe: Pick<AcceleratorProbe, 'health' | 'occupancy'>;
  /** Null where it cannot be read. */
  readonly kernelLog: KernelLog | null;
  readonly otherHolders: readonly OtherHolders[];
  readonly logger: Logger;
}

export class HealthWatch {
  readonly #parts: WatchParts;
  #last: Promise<void> = Promise.resolve();

  constructor(parts: WatchParts) {
    this.#parts = parts;
  }

  /** Until the signal. */
  async follow(everyMs: number, signal: AbortSignal): Promise<void> {
    const { book, kernelLog } = this.#parts;
    // Who has let go a moment after his job was over is not to keep the next one waiting.
    const again = () => (book.hasOtherHolders ? this.#lookForOthers() : Promise.resolve());
    await Promise.all([
      this.#regularly(everyMs, signal, () => this.look()),
      this.#regularly(Math.min(everyMs, OTHERS_AGAIN_MS), signal, again),
    ]);
    await kernelLog?.close();
  }

  async #regularly(everyMs: number, signal: AbortSignal, turn: () => Promise<void>): Promise<void> {
    while (!signal.aborted) {
      await turn().catch((err: unknown) =>
        this.#parts.logger.error({ err }, 'accelerators were not looked after'),
      );
      await delay(everyMs, undefined, { signal }).catch(() => undefined); // woken by the end
    }
  }

  /** One look after the other: whoever asks gets one that began after the question. */
  look(): Promise<void> {
    const next = this.#last.then(() => this.#look());
    this.#last = next.catch(() => undefined); // its asker is told
    return next;
  }

  async #look(): Promise<void> {
    await this.#readKernelLog();
    await this.#askTool();
    await this.#lookForOthers();
  }

  /** A job ran out of their memory, and nothing of it lives. Those that nobody else holds must be empty now. */
  async examine(job: string, uuids: readonly string[]): Promise<void> {
    const { book, probe, logger } = this.#parts;
    const idle = new Set(book.idleWithout(job));
    for (const { uuid, memoryBytes } of book.found) {
      if (!uuids.includes(uuid) || !idle.has(uuid)) continue;
      const seen = await probe.occupancy(uuid).catch((err: unknown) => {
        logger.warn({ err, uuid }, 'what is left in its memory could not be asked');
        return null;
      });
      const reason = seen === null ? null : memoryWithoutOwner(seen, memoryBytes);
      if (reason !== null) await book.suspect([uuid], `a job ran out of its memory: ${reason}`);
    }
  }

  async #readKernelLog(): Promise<void> {
    const { book, kernelLog } = this.#parts;
    for (const { text, at } of (await kernelLog?.lines()) ?? []) {
      const fault = kernelFault(text);
      if (fault === null) continue;
      const meant = book.found.filter((one) => isAt(fault, one.pci)).map((one) => one.uuid);
      await book.suspect(meant, fault.reason, at);
    }
  }

  async #askTool(): Promise<void> {
    const { book, probe, logger } = this.#parts;
    try {
      for (const { uuid, reason } of await probe.health(book.found)) await book.suspect([uuid], reason);
      book.suspend(null);
    } catch (error) {
      if (!(error instanceof ToolFailed)) throw error;
      if (book.suspended === null) logger.error({ err: error }, 'no accelerators are given out for now');
      book.suspend(`the host's accelerators cannot be asked: ${error.message}`);
    }
  }

  async #lookForOthers(): Promise<void> {
    const { book, otherHolders } = this.#parts;
    const uuids = book.found.map((one) => one.uuid);
    const holders = await Promise.all(otherHolders.map((ask) => ask(uuids)));
    book.elsewhere(new Map(holders.flatMap((one) => [...one])));
  }
}
