/** Jobs that do nothing, over 1, 10 and 100 runners: ours beside the raw client and beside BullMQ, in turn. */
import { type Arena, openArena } from '../bus/arena.ts';
import { ratios, type Spread, spreadOf } from '../statistics.ts';
import { bullmqWorkers } from './bullmq-workers.ts';
import { type Dispatcher, dispatch } from './dispatcher.ts';
import { ourRunners } from './our-runners.ts';
import { rawWorkers } from './raw-workers.ts';
import { redisVersion, startRedis } from './redis-server.ts';

export interface DispatchFigures {
  readonly nats: string;
  /** Null where this machine has none: BullMQ was not measured. */
  readonly redis: string | null;
  readonly flushed: boolean;
  readonly jobs: number;
  readonly rounds: number;
  readonly rows: readonly DispatchRow[];
}

export interface DispatchRow {
  readonly runners: number;
  /** Jobs a second, by dispatcher. */
  readonly perSecond: Readonly<Record<string, Spread | null>>;
  /** How many a second ours does over how many the other does, round by round. */
  readonly ours: Readonly<Record<string, Spread | null>>;
}

export interface DispatchWish {
  readonly jobs: number;
  readonly rounds: number;
}

const RUNNERS = [1, 10, 100];
/** Before the first round, of each: compilers and caches warm up in it. */
const WARM_UP_JOBS = 500;
/** Room for what one round leaves behind. */
const SCALE = 0.5;

export async function measureDispatch(
  wish: DispatchWish,
  told: (what: string) => void,
): Promise<DispatchFigures[]> {
  const figures: DispatchFigures[] = [];
  for (const flushed of [true, false]) figures.push(await measureOne(wish, flushed, told));
  return figures;
}

async function measureOne(
  { jobs, rounds }: DispatchWish,
  flushed: boolean,
  told: (what: string) => void,
): Promise<DispatchFigures> {
  await using stack = new AsyncDisposableStack();
  const arena = stack.use(await openArena(flushed, SCALE));
  const redis = redisVersion();
  const dispatchers = [ourRunners(arena), await rawWorkers(arena)];
  if (redis === null) told('BullMQ is left out: there is no redis-server on the PATH');
  else dispatchers.push(bullmqWorkers(stack.use(await startRedis(redis, flushed)), arena));
  const rows: DispatchRow[] = [];
  for (const runners of RUNNERS) {
    told(`${jobs} jobs over ${runners} runners${flushed ? ', flushed' : ''}`);
    rows.push(await measureRow(arena, dispatchers, { jobs, rounds, runners }));
  }
  return { nats: arena.serverVersion, redis, flushed, jobs, rounds, rows };
}

async function measureRow(
  arena: Arena,
  dispatchers: readonly Dispatcher[],
  { jobs, rounds, runners }: DispatchWish & { readonly runners: number },
): Promise<DispatchRow> {
  const rates = new Map<string, number[]>(dispatchers.map(({ name }) => [name, []]));
  for (let round = -1; round < rounds; round += 1) {
    for (const dispatcher of dispatchers) {
      const count = round < 0 ? Math.min(WARM_UP_JOBS, jobs) : jobs;
      const milliseconds = await oneRound(arena, dispatcher, runners, count);
      if (round >= 0) rates.get(dispatcher.name)?.push((1000 * count) / milliseconds);
    }
  }
  const ours = rates.get('ours') ?? [];
  const others = [...rates].filter(([name]) => name !== 'ours');
  return {
    runners,
    perSecond: Object.fromEntries([...rates].map(([name, values]) => [name, spreadOf(values)])),
    ours: Object.fromEntries(others.map(([name, values]) => [name, spreadOf(ratios(ours, values))])),
  };
}

async function oneRound(
  arena: Arena,
  dispatcher: Dispatcher,
  runners: number,
  jobs: number,
): Promise<number> {
  try {
    await using crew = await dispatcher.open(runners);
    return await dispatch(crew, jobs);
  } finally {
    const { jsm } = arena.raw;
    for (const stream of ['JOBS', 'RESULTS', 'INBOX', 'KV_claims']) await jsm.streams.purge(stream);
  }
}
