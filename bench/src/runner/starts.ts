/** From submit to start: what a runner adds to starting a program, cold and with workers that were started ahead. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Arena } from '../bus/arena.ts';
import { ratios, type Spread, spreadOf } from '../statistics.ts';
import { runJob, storeProgram } from './bench-job.ts';
import { benchPython, type RunnerProcess } from './runner-process.ts';

export interface StartFigures {
  readonly program: string;
  readonly rows: readonly StartRow[];
}

export interface StartRow {
  readonly how: string;
  /** Milliseconds from being asked for to the program saying that it is ready to work. */
  readonly toStart: Spread | null;
  /** Milliseconds from being asked for to its outcome being known; of a bare process, to its end. */
  readonly toEnd: Spread | null;
  /** To the end, over that of the bare process of the same round. */
  readonly overBare: Spread | null;
}

interface Taken {
  readonly toStart: number;
  readonly toEnd: number;
}

/** Each says when it was ready to work, by the clock of all. */
const READY = 'print("ready", time.time(), flush=True)\n';
const PROGRAMS: Readonly<Record<string, string>> = {
  'does nothing': `import time\n${READY}`,
  'fits a small model': `import time\nimport numpy, pandas, sklearn.linear_model\n${READY}x = numpy.arange(200.0).reshape(-1, 2)\nsklearn.linear_model.Ridge().fit(x, x[:, 0])\n`,
};

/** @param runners By how they start programs. */
export async function measureStarts(
  arena: Arena,
  runners: ReadonlyMap<string, RunnerProcess>,
  rounds: number,
  told: (what: string) => void,
): Promise<StartFigures[]> {
  const figures: StartFigures[] = [];
  for (const [name, program] of Object.entries(PROGRAMS)) {
    told(`from submit to start: ${name}`);
    const code = await storeProgram(arena, program);
    const ways = new Map<string, () => Promise<Taken>>([['a bare process', () => bare(program)]]);
    for (const [how, runner] of runners) {
      ways.set(how, async () => {
        const { asked, told: end, outcome } = await runJob(arena, runner, code);
        return { toStart: readyAt(outcome.stdoutTail) - asked, toEnd: end - asked };
      });
    }
    figures.push({ program: name, rows: await inTurn(ways, rounds) });
  }
  return figures;
}

/** One round of each beforehand is thrown away. */
async function inTurn(ways: ReadonlyMap<string, () => Promise<Taken>>, rounds: number): Promise<StartRow[]> {
  const taken = new Map<string, Taken[]>([...ways.keys()].map((how) => [how, []]));
  for (let round = -1; round < rounds; round += 1) {
    for (const [how, way] of ways) {
      const one = await way();
      if (round >= 0) taken.get(how)?.push(one);
    }
  }
  const ends = (how: string) => (taken.get(how) ?? []).map(({ toEnd }) => toEnd);
  return [...taken].map(([how, each]) => ({
    how,
    toStart: spreadOf(each.map(({ toStart }) => toStart)),
    toEnd: spreadOf(ends(how)),
    overBare: spreadOf(ratios(ends(how), ends('a bare process'))),
  }));
}

async function bare(program: string): Promise<Taken> {
  const folder = await mkdtemp(join(tmpdir(), 'mw-bench-'));
  try {
    await writeFile(join(folder, 'main.py'), program);
    const asked = Date.now();
    const { stdout } = await promisify(execFile)(benchPython(), ['main.py'], { cwd: folder });
    return { toStart: readyAt(stdout) - asked, toEnd: Date.now() - asked };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function readyAt(said: string): number {
  const seconds = /^ready (\d+\.\d+)$/m.exec(said)?.[1];
  if (seconds === undefined) throw new Error(`the program did not say when it was ready: ${said}`);
  return 1000 * Number(seconds);
}
