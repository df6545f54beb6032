/** What the command was asked for. Pure. */
import { parseArgs } from 'node:util';

export const PARTS = ['bus', 'models', 'runs', 'dispatch', 'runner'] as const;
export type Part = (typeof PARTS)[number];

export interface Options {
  readonly parts: readonly Part[];
  readonly help: boolean;
  readonly json: boolean;
  /** Rounds of each contest. */
  readonly rounds: number;
  readonly runs: number;
  readonly example: string;
  readonly candidates: number;
  readonly trials: number;
  /** Of one round of `dispatch`. */
  readonly jobs: number;
}

export const USAGE = `npm run bench -- [bus] [models] [runs] [dispatch] [runner] [options]

  bus       messages through our bus beside the raw client
  models    answers and turns beside the bare client, memory of agents that wait, what a run sends
  runs      time to the first training, overhead of each step, memory of each service
  dispatch  jobs that do nothing over 1, 10 and 100 runners, beside the raw client and BullMQ (where Redis is installed)
  runner    a real runner: from submit to start, and lines of a program's log a second
            (all of them when none is named)

  --rounds <n>      rounds of each contest (default 7; of dispatch and runner at most 3)
  --jobs <n>        jobs of a round of dispatch (default 10,000)
  --runs <n>        runs (default 3)
  --example <name>  folder in examples/ (default breast-cancer)
  --candidates <n>  candidates besides the floor (default 2)
  --trials <n>      trainings of each candidate (default 2)
  --json            one JSON object on standard output, messages on standard error
  --help            this`;

/** @throws TypeError for an unknown option or a value that is none. */
export function parseOptions(words: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '7' },
      runs: { type: 'string', default: '3' },
      example: { type: 'string', default: 'breast-cancer' },
      candidates: { type: 'string', default: '2' },
      trials: { type: 'string', default: '2' },
      jobs: { type: 'string', default: '10000' },
    },
  });
  const unknown = positionals.find((word) => !isPart(word));
  if (unknown !== undefined) throw new TypeError(`there is no part "${unknown}"`);
  return {
    parts: positionals.length === 0 ? PARTS : positionals.filter(isPart),
    help: values.help,
    json: values.json,
    rounds: count('--rounds', values.rounds),
    runs: count('--runs', values.runs),
    example: values.example,
    candidates: count('--candidates', values.candidates),
    trials: count('--trials', values.trials),
    jobs: count('--jobs', values.jobs),
  };
}

const isPart = (word: string): word is Part => PARTS.some((part) => part === word);

function count(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new TypeError(`${name} must be a whole number above 0, not "${text}"`);
}
