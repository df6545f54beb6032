/** What it takes to ask a model our way: beside the bare client, in memory, and in tokens. */
import { createLogger } from '@modelwright/telemetry';
import { openArena } from '../bus/arena.ts';
import { type ContestFigures, figuresOfContest } from '../contest-figures.ts';
import { BareClient } from './bare-client.ts';
import { type ConversationsWish, measureConversations } from './conversations.ts';
import { type InFlight, measureInFlight } from './in-flight.ts';
import { startInstantProvider } from './instant-provider.ts';
import { modelCallContest } from './model-call.ts';
import { ourModel } from './our-model.ts';
import type { Spoken } from './spoken.ts';
import { turnsContest } from './turns.ts';

export interface ModelFigures {
  readonly rounds: number;
  readonly contests: readonly ContestFigures[];
  readonly inFlight: readonly InFlight[];
  readonly spoken: readonly Spoken[];
}

export interface ModelsWish extends ConversationsWish {
  readonly rounds: number;
}

/** In hand at once. */
const ASSIGNMENTS = 50;
const TURNS = 20;

/** @param told Hears what is being measured. */
export async function measureModels(wish: ModelsWish, told: (what: string) => void): Promise<ModelFigures> {
  const contests = await holdContests(wish.rounds, told);
  const inFlight: InFlight[] = [];
  for (const service of ['designer', 'coder'] as const) {
    told(`${ASSIGNMENTS} assignments of a ${service}`);
    inFlight.push(await measureInFlight(service, ASSIGNMENTS));
  }
  told(`conversations of a run on ${wish.example}`);
  return { rounds: wish.rounds, contests, inFlight, spoken: await measureConversations(wish) };
}

async function holdContests(rounds: number, told: (what: string) => void): Promise<ContestFigures[]> {
  await using arena = await openArena(true);
  await using provider = await startInstantProvider();
  const logger = createLogger({ service: 'bench', name: 'bench', level: 'silent' });
  const players = (name: string) => ({
    model: ourModel(provider.url, name, logger),
    client: new BareClient(provider.url, name),
  });
  const table = { bus: arena.bus, logger, newId: () => arena.newId() };
  const asked = players('look-1-1');
  const contests = [
    modelCallContest(asked.model, asked.client),
    turnsContest('a turn with one tool call', players(`look-1-${TURNS}`), table),
    turnsContest('a turn with five tool calls', players(`look-5-${TURNS}`), table),
  ];
  const figures: ContestFigures[] = [];
  for (const contest of contests) {
    told(contest.name);
    figures.push(await figuresOfContest(contest, rounds));
  }
  return figures;
}
