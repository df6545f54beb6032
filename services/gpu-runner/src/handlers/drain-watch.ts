/** Follows what an operator wants of this runner: to take jobs, to finish those it has, or to hand them over. */
import { setTimeout as delay } from 'node:timers/promises';
import { runnerControlKey } from '@modelwright/contracts';
import type { Logger } from '@modelwright/telemetry';
import type { ControlBoard } from '../adapters/bus/control-board.ts';
import { type Drain, drainOf } from '../core/drain.ts';

/** A change brings the look forward; this is for changes nobody told us of. */
const LOOK_EVERY_MS = 10_000;

export interface DrainParts {
  readonly control: Pick<ControlBoard, 'runner' | 'onKeys'>;
  readonly runner: string;
  readonly logger: Logger;
}

export class DrainWatch {
  readonly #parts: DrainParts;
  #current: Drain = { kind: 'take' };
  #handOver = new AbortController();
  #listener: () => void = () => undefined;

  constructor(parts: DrainParts) {
    this.#parts = parts;
  }

  get current(): Drain {
    return this.#current;
  }

  /** Aborts when jobs that begin now are to be handed over, with the reason in words. */
  get handOver(): AbortSignal {
    return this.#handOver.signal;
  }

  onChange(listener: () => void): void {
    this.#listener = listener;
  }

  async look(): Promise<void> {
    const next = drainOf(await this.#parts.control.runner(this.#parts.runner));
    const before = this.#current;
    if (JSON.stringify(next) === JSON.stringify(before)) return;
    this.#current = next;
    this.#parts.logger.info({ from: before.kind, ...next }, 'what is wanted of this runner');
    if (next.kind === 'hand-over') this.#handOver.abort(next.reason);
    else if (this.#handOver.signal.aborted) this.#handOver = new AbortController();
    this.#listener();
  }

  /** Until the signal. */
  async follow(signal: AbortSignal): Promise<void> {
    const { control, runner, logger } = this.#parts;
    let changed = Promise.withResolvers<void>();
    using _listening = control.onKeys([runnerControlKey(runner)], () => changed.resolve());
    while (!signal.aborted) {
      changed = Promise.withResolvers();
      await this.look().catch((err: unknown) =>
        logger.warn({ err }, 'the wishes for this runner could not be read'),
      );
      const pause = delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined); // this process leaves
      await Promise.race([changed.promise, pause]);
    }
  }
}
