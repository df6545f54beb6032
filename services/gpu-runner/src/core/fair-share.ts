/**
 * Fair shares between runs: of two runs that wait for the same thing, the one that has less of it here goes first; with
 * equal shares, the one that was served less recently. So a run with a long backlog delays others by one job at most.
 */

/** What a run has of one kind of thing on this host. */
export interface Share {
  /** Accelerators, or slots. */
  readonly held: number;
  /** Counts services: 0 for who has not been served. */
  readonly servedAt: number;
}

export type Shares = ReadonlyMap<string, Share>;

const NOTHING: Share = { held: 0, servedAt: 0 };

export interface Precedence {
  readonly run: string;
  readonly reason: string;
}

/** The run that is to go before `run`; null when it is its turn. */
export function goesBefore(
  run: string,
  waiting: Iterable<string>,
  shares: Shares,
  thing: string,
): Precedence | null {
  const own = shares.get(run) ?? NOTHING;
  const [first] = [...waiting]
    .filter((other) => other !== run)
    .map((other) => ({ run: other, share: shares.get(other) ?? NOTHING }))
    .sort((a, b) => order(a.share, b.share));
  if (first === undefined || order(first.share, own) >= 0) return null;
  return { run: first.run, reason: why(run, own, first, thing) };
}

function order(a: Share, b: Share): number {
  return a.held - b.held || a.servedAt - b.servedAt;
}

function why(run: string, own: Share, first: { run: string; share: Share }, thing: string): string {
  return first.share.held < own.held
    ? `run ${run} has ${own.held} ${thing} here; run ${first.run}, which waits, has ${first.share.held}`
    : `run ${first.run} has waited longer for its turn than run ${run}`;
}
