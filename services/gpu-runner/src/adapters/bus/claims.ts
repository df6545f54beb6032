/** A claim that this process holds, and the only way to change it: by the revision it was last written with. */
import type { Records } from '@modelwright/bus';
import type { Claim } from '@modelwright/contracts';

export class HeldClaim {
  readonly #records: Records<Claim>;
  #value: Claim;
  #revision: number;
  #last: Promise<boolean> = Promise.resolve(true);
  readonly #superseded = new AbortController();

  constructor(records: Records<Claim>, value: Claim, revision: number) {
    this.#records = records;
    this.#value = value;
    this.#revision = revision;
  }

  get value(): Claim {
    return this.#value;
  }

  /** The fencing token. */
  get revision(): number {
    return this.#revision;
  }

  /** Aborted once a write was refused: another runner holds the claim. */
  get superseded(): AbortSignal {
    return this.#superseded.signal;
  }

  /** Writes what `change` makes of the claim; false when it is no longer ours. One write at a time. */
  update(change: (claim: Claim) => Claim): Promise<boolean> {
    const write = this.#last.then(
      () => this.#write(change),
      // The write before this one was not answered; that is its caller's concern.
      () => this.#write(change),
    );
    this.#last = write;
    return write;
  }

  /** Asks whether the claim is still ours, by writing it again. */
  confirm(): Promise<boolean> {
    return this.update((claim) => claim);
  }

  async #write(change: (claim: Claim) => Claim): Promise<boolean> {
    if (this.#superseded.signal.aborted) return false;
    const next = change(this.#value);
    const revision = await this.#records.update(this.#value.job, next, this.#revision);
    if (revision === null) {
      this.#superseded.abort();
      return false;
    }
    this.#value = next;
    this.#revision = revision;
    return true;
  }
}

/** Takes or takes over a claim; null when somebody else was first. `revision` null: there is none yet. */
export async function takeClaim(
  records: Records<Claim>,
  claim: Claim,
  revision: number | null,
): Promise<HeldClaim | null> {
  const written =
    revision === null
      ? await records.create(claim.job, claim)
      : await records.update(claim.job, claim, revision);
  return written === null ? null : new HeldClaim(records, claim, written);
}
