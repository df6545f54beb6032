/** All contests, twice: with every message flushed to disk before it is acknowledged, as on a laptop, and without. */
import { interleave } from '../interleave.ts';
import { quantile, ratios, type Spread, spreadOf } from '../statistics.ts';
import { appendContest } from './append.ts';
import { type Arena, openArena } from './arena.ts';
import { consumeContest } from './consume.ts';
import type { Contest, Round } from './contest.ts';
import { publishContests } from './publish.ts';
import { roundTripContest } from './round-trip.ts';
import { takeContest } from './take.ts';

export interface BusFigures {
  readonly server: string;
  readonly flushed: boolean;
  readonly rounds: number;
  readonly contests: readonly ContestFigures[];
}

export interface ContestFigures {
  readonly name: string;
  readonly messagesPerRound: number;
  readonly ours: SideFigures;
  readonly raw: SideFigures;
  /** Messages per second of ours over those of the raw client, round by round. */
  readonly ratio: Spread | null;
}

export interface SideFigures {
  readonly perSecond: Spread | null;
  /** Milliseconds of single messages over all rounds; null where messages overlap. */
  readonly milliseconds: { readonly p50: number; readonly p99: number } | null;
}

/** As `modelwright up` has it, so that a power loss loses nothing that was acknowledged; and as servers have it by default. */
const FLUSHED = [true, false];

/** @param told Hears what is being measured. */
export async function measureBus(rounds: number, told: (what: string) => void): Promise<BusFigures[]> {
  const figures: BusFigures[] = [];
  for (const flushed of FLUSHED) {
    await using arena = await openArena(flushed);
    const contests: ContestFigures[] = [];
    for (const contest of await contestsOn(arena)) {
      told(`${contest.name}${flushed ? ', flushed' : ''}`);
      contests.push(figuresOf(contest.name, await interleave(rounds, contest.ours, contest.raw)));
    }
    figures.push({ server: arena.serverVersion, flushed, rounds, contests });
  }
  return figures;
}

async function contestsOn(arena: Arena): Promise<Contest[]> {
  return [
    ...(await publishContests(arena)),
    await appendContest(arena),
    await takeContest(arena),
    consumeContest(arena),
    await roundTripContest(arena),
  ];
}

function figuresOf(
  name: string,
  { first, second }: { readonly first: readonly Round[]; readonly second: readonly Round[] },
): ContestFigures {
  return {
    name,
    messagesPerRound: first[0]?.count ?? 0,
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
