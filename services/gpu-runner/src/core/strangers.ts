/**
 * Which containers nobody will ever ask for again: a pure decision, with its reason.
 *
 * It goes by the wall clock, which may have jumped: what has a living supervisor is left to that in any case.
 */

export interface SeenContainer {
  readonly id: string;
  readonly runner: string;
  readonly job: string;
  /** Milliseconds since the epoch, as the deadline. */
  readonly createdAt: number;
  /** By then its supervisor has ended it, if it has one. */
  readonly deadline: number;
  /** The folder of its attempt. */
  readonly record: string;
  /** Whether that is there: with it the runner knows of it. */
  readonly known: boolean;
}

export interface Stranger {
  readonly id: string;
  readonly record: string;
  /** A sentence without a subject. */
  readonly reason: string;
}

/**
 * @param runner Whoever asks: of other runners on the same engine it judges only what is past its deadline.
 * @param graceMs How long a container may be unknown, or overdue: it may just be in the making, or being removed.
 */
export function strangers(
  seen: readonly SeenContainer[],
  runner: string,
  now: number,
  graceMs: number,
): Stranger[] {
  return seen.flatMap((container) => {
    const reason = whyStrange(container, runner, now, graceMs);
    return reason === null ? [] : [{ id: container.id, record: container.record, reason }];
  });
}

function whyStrange(container: SeenContainer, runner: string, now: number, graceMs: number): string | null {
  if (now > container.deadline + graceMs) return `of job ${container.job}, past its deadline`;
  if (container.runner !== runner || container.known || now <= container.createdAt + graceMs) return null;
  return `of job ${container.job}, which this runner does not have`;
}
