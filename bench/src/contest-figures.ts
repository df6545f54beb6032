/** A contest held, and what it comes to. */
import type { Contest, Round } from './contest.ts';
import { interleave } from './interleave.ts';
import { quantile, ratios, type Spread, spreadOf } from './statistics.ts';

export interface ContestFigures {
  readonly name: string;
  readonly perRound: number;
  readonly ours: SideFigures;
  readonly raw: SideFigures;
  /** How many a second ours does over how many the raw client does, round by round. */
  readonly ratio: Spread | null;
}

export interface SideFigures {
  readonly perSecond: Spread | null;
  /** Milliseconds of single ones over all rounds; null where they overlap. */
  readonly milliseconds: { readonly p50: number; readonly p99: number } | null;
}

export async function figuresOfContest(contest: Contest, rounds: number): Promise<ContestFigures> {
  const { first, second } = await interleave(rounds, contest.ours, contest.raw);
  return {
    name: contest.name,
    perRound: first[0]?.count ?? 0,
    ours: sideOf(first),
    raw: sideOf(second),
    ratio: spreadOf(ratios(first.map(perSecond), second.map(perSecond))),
  };
}

function sideOf(rounds: readonly Round[]): SideFigures {
  const each = rounds.flatMap((round) => round.each);
  return {
    perSecond: spreadOf(rounds.map(perSecond)),
    milliseconds: each.length === 0 ? null : { p50: quantile(each, 0.5), p99: quantile(each, 0.99) },
  };
}

const perSecond = ({ count, milliseconds }: Round) => (1000 * count) / milliseconds;
