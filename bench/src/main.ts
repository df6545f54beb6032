/** `npm run bench`: measures, prints, and leaves nothing running. */
import { availableParallelism } from 'node:os';
import { type BusFigures, measureBus } from './bus/measure-bus.ts';
import { type DispatchFigures, measureDispatch } from './dispatch/measure-dispatch.ts';
import { currentLoad, type Machine, thisMachine } from './machine.ts';
import { type ModelFigures, measureModels } from './models/measure-models.ts';
import { type Options, parseOptions, USAGE } from './options.ts';
import { measureRunner, type RunnerFigures } from './runner/measure-runner.ts';
import { measureRuns } from './runs/measure-runs.ts';
import { figuresOfRuns, type RunFigures } from './runs/run-figures.ts';
import { busLines } from './text/bus-text.ts';
import { dispatchLines } from './text/dispatch-text.ts';
import { modelLines } from './text/models-text.ts';
import { short } from './text/quantity.ts';
import { runLines } from './text/run-text.ts';
import { runnerLines } from './text/runner-text.ts';

interface Report {
  readonly date: string;
  readonly machine: Machine;
  /** Before and after: what else the machine did. */
  readonly load: readonly [number, number];
  readonly bus: readonly BusFigures[];
  readonly models: ModelFigures | null;
  readonly runs: RunFigures | null;
  readonly dispatch: readonly DispatchFigures[];
  readonly runner: RunnerFigures | null;
}

/** Of what takes minutes a round. */
const MOST_ROUNDS = 3;

const say = (text: string) => process.stdout.write(`${text}\n`);
const note = (text: string) => process.stderr.write(`${text}\n`);

async function measure(options: Options): Promise<Report> {
  const before = currentLoad();
  const bus = options.parts.includes('bus') ? await measureBus(options.rounds, note) : [];
  const models = options.parts.includes('models') ? await measureModels(options, note) : null;
  const measured = options.parts.includes('runs') ? await measureRuns(options, note) : null;
  const wish = { jobs: options.jobs, rounds: Math.min(options.rounds, MOST_ROUNDS) };
  const dispatch = options.parts.includes('dispatch') ? await measureDispatch(wish, note) : [];
  return {
    date: new Date().toISOString(),
    machine: thisMachine(),
    load: [before, currentLoad()],
    bus,
    models,
    runs: measured === null ? null : figuresOfRuns(measured, availableParallelism()),
    dispatch,
    runner: options.parts.includes('runner') ? await measureRunner(wish.rounds, note) : null,
  };
}

function linesOf({ date, machine, load, bus, models, runs, dispatch, runner }: Report): string[] {
  const [before, after] = load.map(short);
  return [
    `${date}, ${machine.cores} cores of ${machine.processor}, ${machine.system}, Node ${machine.node}`,
    `load ${before} before, ${after} after${load.some((value) => value > 1) ? ': the machine was not idle' : ''}`,
    ...bus.flatMap((figures) => ['', ...busLines(figures)]),
    ...(models === null ? [] : ['', ...modelLines(models)]),
    ...(runs === null ? [] : ['', ...runLines(runs)]),
    ...dispatch.flatMap((figures) => ['', ...dispatchLines(figures)]),
    ...(runner === null ? [] : ['', ...runnerLines(runner)]),
  ];
}

/** Null, and said why, for options that make no sense. */
function readOptions(words: readonly string[]): Options | null {
  try {
    return parseOptions(words);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    note(`${error.message}\n\n${USAGE}`);
    return null;
  }
}

const options = readOptions(process.argv.slice(2));
if (options === null) process.exitCode = 2;
else if (options.help) say(USAGE);
else {
  const report = await measure(options);
  say(options.json ? JSON.stringify(report, null, 2) : linesOf(report).join('\n'));
}
