/** Derived data on a real server; the scripts are executed by a real Python. */
import { executedJobs, type JobScript, TestFarm } from '@modelwright/agent-host/testing';
import type { Job } from '@modelwright/contracts';
import type { ModelRequest } from '@modelwright/llm';
import type { ScriptLine } from '@modelwright/llm/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findPython } from '../../../bootstrap/toolchain.mjs';
import { CoderBench, call, resultOf, submit, toldIn, write } from './testing/coder-bench.ts';

const python = process.env['MODELWRIGHT_PYTHON'] ?? findPython()?.python ?? '';
const GIVE_UP: ScriptLine[] = [{ text: 'Enough.' }, { text: 'Enough.' }];

const DERIVE = `
import mw, os
out = mw.out_folder()
rows = (mw.data_folder() / "train.csv").read_text().count("\\n")
(out / "rows.txt").write_text(f"{rows} {mw.seed}")
(out / "seen.txt").write_text(" ".join(sorted(os.listdir("."))))
`;
const derive = (seconds?: number) => call('derive_data', seconds === undefined ? {} : { seconds });

let farm: TestFarm;
let bench: CoderBench;

beforeAll(async () => {
  farm = await TestFarm.start();
});
afterAll(() => farm[Symbol.asyncDispose]());
beforeEach(() => {
  bench = new CoderBench(farm);
});
afterEach(() => bench[Symbol.asyncDispose]());

/** Really executes derivations and shell commands; every check passes. */
const executing = (over: JobScript = () => ({})) => {
  const execute = executedJobs({ store: farm.bus.store, python, folder: farm.folder.path });
  return bench.runner(async (job) => {
    if (job.purpose === 'smoke') return await bench.checked(null);
    return { ...(await execute(job)), ...(await over(job)) };
  });
};
/** What a coder with this script of calls was told, and what it left, for each of the candidates side by side. */
async function workOn(candidates: readonly string[], script: readonly ScriptLine[]) {
  const model = bench.code([...script, ...GIVE_UP]);
  return await Promise.all(
    candidates.map(async (candidate) => {
      const finished = await bench.actor.assign({ ...(await bench.assignment()), candidate });
      const last = model.requests.findLast((request) => isOf(candidate, request));
      return { finished, told: toldIn(last).map(({ content }) => content) };
    }),
  );
}
async function work(script: readonly ScriptLine[]) {
  const [done] = await workOn(['c1'], script);
  if (done === undefined) throw new Error('nobody worked');
  return done;
}
const isOf = (candidate: string, { messages }: ModelRequest) =>
  new RegExp(`candidate\\W+${candidate}\\b`).test(JSON.stringify(messages[0]));
const deriving = (jobs: readonly Job[]) => jobs.filter(({ purpose }) => purpose === 'derive');

describe.skipIf(python === '')('derived data', () => {
  it('are made by a script that sees the training data and the kit, and lie in what runs afterwards', async () => {
    const runner = executing();
    const { told, finished } = await work([
      write('derive.py', `# one\n${DERIVE}`),
      derive(),
      call('run_shell', { command: 'cat $MW_INPUTS/derived/rows.txt $MW_INPUTS/derived/seen.txt' }),
      call('check_candidate'),
      submit,
    ]);
    expect(told[1]).toMatch(/^Derived in .* s \(job .*\): rows\.txt \(\d+ bytes\), seen\.txt/);
    const rows = (await farm.preparedData()).task.rows;
    expect(told[2]).toContain(`${rows + 1} 0derive.py mw`);
    const [made] = deriving(runner.jobs);
    const check = runner.jobs.find(({ purpose }) => purpose === 'smoke');
    expect(made).toMatchObject({ data: (await farm.preparedData()).datasets.train, inputs: {} });
    const { version } = resultOf(finished);
    expect(version.derived).toBeDefined();
    expect(check?.inputs['derived']).toEqual({ tree: version.derived, path: null });
  });

  it('are made once for all candidates that ask for the same, whatever else they hold', async () => {
    const runner = executing();
    const both = await workOn(
      ['c1', 'c2'],
      [
        (request) => write('model.py', isOf('c2', request) ? 'x = 2\n' : 'x = 1\n'),
        write('derive.py', `# two\nimport time; time.sleep(0.5)\n${DERIVE}`),
        derive(),
        derive(),
      ],
    );
    const said = both.flatMap(({ told }) => told.slice(2, 4));
    expect(said[0]).toMatch(/^Derived in /);
    expect(new Set(said).size).toBe(1);
    expect(new Set(deriving(runner.jobs).map(({ id }) => id)).size).toBe(1);
  });

  it('of another script are others', async () => {
    const runner = executing();
    await work([
      write('derive.py', `# four\n${DERIVE}`),
      derive(),
      write('derive.py', `# five\n${DERIVE}`),
      derive(),
    ]);
    expect(new Set(deriving(runner.jobs).map(({ id }) => id)).size).toBe(2);
  });

  it('are no longer the script’s once that has changed, and a check says so', async () => {
    executing();
    const { told } = await work([
      write('derive.py', `# six\n${DERIVE}`),
      derive(),
      write('derive.py', `# seven\n${DERIVE}`),
      call('check_candidate'),
      derive(),
      call('check_candidate'),
    ]);
    expect(told[3]).toContain('derive.py or its environment has changed since derive_data');
    expect(JSON.parse(told[5] ?? '')).toMatchObject({ passed: true });
  });

  it('are gone from the candidate when the script is emptied', async () => {
    executing();
    const { finished } = await work([
      write('derive.py', `# eight\n${DERIVE}`),
      derive(),
      write('derive.py', ''),
      call('check_candidate'),
      submit,
    ]);
    expect(resultOf(finished).version).not.toHaveProperty('derived');
  });

  it('that cannot be made say why, and are not tried again as they stand', async () => {
    const runner = executing();
    const { told } = await work([
      derive(),
      write('derive.py', 'import modelling\n'),
      derive(),
      derive(),
      write('derive.py', 'print("nothing")\n'),
      derive(),
    ]);
    expect(told[0]).toContain('no derive.py');
    expect(told[2]).toContain("No module named 'modelling'");
    expect(told[3]).toBe(told[2]);
    expect(told[5]).toContain('left nothing in $MW_OUT');
    expect(deriving(runner.jobs)).toHaveLength(2);
  });

  it('whose host was lost are made again', async () => {
    const runner = executing((job) =>
      job.id.endsWith('_1') && job.purpose === 'derive' ? { end: 'lost', output: null } : {},
    );
    const { told } = await work([write('derive.py', `# nine\n${DERIVE}`), derive()]);
    expect(told[1]).toMatch(/^Derived in /);
    expect(deriving(runner.jobs).map(({ id }) => id.slice(-2))).toEqual(['_1', '_2']);
  });
});
