/** Follows what people say of quarantined accelerators: released, they are given out again. */
import { setTimeout as delay } from 'node:timers/promises';
import { acceleratorControlKey } from '@modelwright/contracts';
import type { Logger } from '@modelwright/telemetry';
import type { AcceleratorBook } from '../adapters/accelerators/accelerator-book.ts';
import type { ControlBoard } from '../adapters/bus/control-board.ts';

/** A change brings the look forward; this is for changes nobody told us of. */
const LOOK_EVERY_MS = 10_000;

export interface QuarantineParts {
  readonly book: AcceleratorBook;
  readonly control: Pick<ControlBoard, 'accelerator' | 'onKeys'>;
  readonly logger: Logger;
}

export class QuarantineWatch {
  readonly #parts: QuarantineParts;

  constructor(parts: QuarantineParts) {
    this.#parts = parts;
  }

  /** A slice may be released by its own name or by that of its GPU. */
  async look(): Promise<void> {
    const { book, control } = this.#parts;
    const sick = book.listAll().filter((one) => one.state === 'quarantined');
    const names = new Set(sick.flatMap((one) => [one.uuid, ...(one.parent === null ? [] : [one.parent])]));
    for (const uuid of names) {
      const said = await control.accelerator(uuid);
      if (said !== null) await book.pardon(uuid, said.at);
    }
  }

  /** Until the signal. */
  async follow(signal: AbortSignal): Promise<void> {
    const { book, control, logger } = this.#parts;
    if (book.count === 0) return;
    const names = book.found.flatMap((one) => [one.uuid, ...(one.parent === null ? [] : [one.parent])]);
    let changed = Promise.withResolvers<void>();
    using _listening = control.onKeys(names.map(acceleratorControlKey), () => changed.resolve());
    while (!signal.aborted) {
      changed = Promise.withResolvers();
      await this.look().catch((err: unknown) =>
        logger.warn({ err }, 'what people say of accelerators could not be read'),
      );
      const pause = delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined); // this process leaves
      await Promise.race([changed.promise, pause]);
    }
  }
}
