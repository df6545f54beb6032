/** Jobs that were looked at and could not start here, and why: shown in the worker registry. */

/** Who was not looked at again for so long waits elsewhere, or not at all. */
const FORGOTTEN_AFTER_MS = 30_000;
const MOST = 50;

export class WaitingJobs {
  readonly #clock: () => number;
  /** Oldest first. */
  readonly #reasons = new Map<string, { readonly reason: string; readonly at: number }>();

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  note(job: string, reason: string): void {
    this.#reasons.delete(job);
    this.#reasons.set(job, { reason, at: this.#clock() });
    if (this.#reasons.size > MOST) this.#reasons.delete([...this.#reasons.keys()][0] ?? '');
  }

  forget(job: string): void {
    this.#reasons.delete(job);
  }

  list(): { job: string; reason: string }[] {
    const oldest = this.#clock() - FORGOTTEN_AFTER_MS;
    return [...this.#reasons].flatMap(([job, { reason, at }]) => (at < oldest ? [] : [{ job, reason }]));
  }
}
