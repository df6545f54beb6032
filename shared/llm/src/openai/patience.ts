/**
 * How long a server may be silent. Before its answer begins it may read and think, which takes minutes on small machines
 * and in large models: it has several times the idle time. Once it has begun, silence is a stall.
 */
import { Stalled } from './failure/stalled.ts';

const BEFORE_BEGIN = 4;

export class Patience implements Disposable {
  readonly #idleMs: number;
  readonly #stall: (reason: Stalled) => void;
  readonly #whole: NodeJS.Timeout;
  #idle: NodeJS.Timeout;
  #begun = false;

  /** @param stall Called at most once by each of the two limits. */
  constructor(limits: { timeoutMs: number; idleMs: number }, stall: (reason: Stalled) => void) {
    this.#idleMs = limits.idleMs;
    this.#stall = stall;
    const whole = `not answered within ${inWords(limits.timeoutMs)}`;
    this.#whole = setTimeout(() => stall(new Stalled(whole)), limits.timeoutMs);
    this.#idle = this.#after(limits.idleMs * BEFORE_BEGIN);
  }

  /** Something came: bytes, even such as only keep the connection alive. */
  heard(): void {
    this.#idle.refresh();
  }

  /** The answer itself has begun. */
  begun(): void {
    if (this.#begun) return;
    this.#begun = true;
    clearTimeout(this.#idle);
    this.#idle = this.#after(this.#idleMs);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#whole);
    clearTimeout(this.#idle);
  }

  #after(ms: number): NodeJS.Timeout {
    return setTimeout(() => this.#stall(new Stalled(`nothing came for ${inWords(ms)}`)), ms);
  }
}

function inWords(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${Math.round(ms / 1000)} s`;
}
