/** All contests, twice: with every message flushed to disk before it is acknowledged, as on a laptop, and without. */

import type { Contest } from '../contest.ts';
import { type ContestFigures, figuresOfContest } from '../contest-figures.ts';
import { appendContest } from './append.ts';
import { type Arena, openArena } from './arena.ts';
import { consumeContest } from './consume.ts';
import { publishContests } from './publish.ts';
import { roundTripContest } from './round-trip.ts';
import { takeContest } from './take.ts';

export interface BusFigures {
  readonly server: string;
  readonly flushed: boolean;
  readonly rounds: number;
  readonly contests: readonly ContestFigures[];
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
      contests.push(await figuresOfContest(contest, rounds));
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
