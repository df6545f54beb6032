/** Runs of an example on a laptop of their own, and what their streams and processes tell afterwards. */
import { type RunId, runId } from '@modelwright/contracts';
import { z } from 'zod';
import { exampleFolder, Laptop } from '../farm/laptop.ts';
import { figuresOf, type ProcessFigures } from '../farm/process-figures.ts';
import { type History, readHistory } from './history.ts';

export interface MeasuredRuns {
  readonly example: string;
  /** Milliseconds from the command to all services being ready. */
  readonly upMilliseconds: number;
  /** nats-server and the services, before the first run and after the last. */
  readonly idle: readonly ProcessFigures[];
  readonly after: readonly ProcessFigures[];
  readonly runs: readonly MeasuredRun[];
}

export interface MeasuredRun {
  readonly run: RunId;
  /** When the command line was started, milliseconds since the epoch. */
  readonly commanded: number;
  /** Milliseconds until it had written the results. */
  readonly milliseconds: number;
  readonly history: History;
}

export interface RunsWish {
  readonly example: string;
  readonly runs: number;
  readonly candidates: number;
  readonly trials: number;
}

const submitted = z.object({ type: z.literal('submitted'), run: runId });
/** Well beyond what a run takes: one that hangs ends by its own deadline. */
const MINUTES = 15;
const SEED = 7;

/** @param told Hears what is being done. */
export async function measureRuns(wish: RunsWish, told: (what: string) => void): Promise<MeasuredRuns> {
  await using laptop = await Laptop.open();
  told('starting the services');
  const began = performance.now();
  await laptop.run(['up']);
  const upMilliseconds = performance.now() - began;
  const idle = await figuresOf(await everyProcess(laptop));
  const runs: MeasuredRun[] = [];
  for (let n = 1; n <= wish.runs; n += 1) {
    told(`run ${n} of ${wish.runs} on ${wish.example}`);
    runs.push(await measureRun(laptop, wish));
  }
  const after = await figuresOf(await everyProcess(laptop));
  return { example: wish.example, upMilliseconds, idle, after, runs };
}

async function everyProcess(laptop: Laptop) {
  const { server, services } = await laptop.processes();
  return [{ name: 'nats-server', pid: server.pid }, ...services];
}

async function measureRun(laptop: Laptop, wish: RunsWish): Promise<MeasuredRun> {
  const limits = {
    '--candidates': wish.candidates,
    '--trials': wish.trials,
    '--budget-minutes': MINUTES,
    '--seed': SEED,
  };
  const words = Object.entries(limits).flatMap(([name, value]) => [name, String(value)]);
  let run: RunId | null = null;
  const commanded = Date.now();
  await laptop.run(['run', exampleFolder(wish.example), '--json', ...words], (line) => {
    run ??= submitted.safeParse(JSON.parse(line)).data?.run ?? null;
  });
  const milliseconds = Date.now() - commanded;
  if (run === null) throw new Error('the command line did not tell the id of the run');
  const bus = await laptop.bus();
  try {
    return { run, commanded, milliseconds, history: await readHistory(bus, run) };
  } finally {
    await bus.close();
  }
}
