/** A coder's tools on a real server; what they ask for is executed by a real Python. */
import { readFileSync } from 'node:fs';
import { executedJobs, TestFarm, toolsNamedIn } from '@modelwright/agent-host/testing';
import type { ScriptedModel, ScriptLine } from '@modelwright/llm/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findPython } from '../../../bootstrap/toolchain.mjs';
import { CoderBench, call, resultOf, submit, toldIn, write } from './testing/coder-bench.ts';

const python = process.env['MODELWRIGHT_PYTHON'] ?? findPython()?.python ?? '';
const GIVE_UP: ScriptLine[] = [{ text: 'Enough.' }, { text: 'Enough.' }];

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

const executing = () =>
  bench.runner(executedJobs({ store: farm.bus.store, python, folder: farm.folder.path }));

/** What the calls were answered, in order. */
async function answers(script: readonly ScriptLine[]): Promise<string[]> {
  const model = bench.code([...script, ...GIVE_UP]);
  await bench.actor.assign(await bench.assignment());
  return answersIn(model);
}

function answersIn(model: ScriptedModel): string[] {
  return toldIn(model.requests.at(-1)).map(({ content }) => content);
}

it('a coder has these tools and no others', async () => {
  const model = bench.code(GIVE_UP);
  await bench.actor.assign(await bench.assignment());
  const names = model.requests[0]?.tools.map(({ name }) => name) ?? [];
  expect(names.toSorted()).toEqual([
    'check_candidate',
    'data_profile',
    'derive_data',
    'edit_file',
    'list_assets',
    'list_files',
    'note',
    'read_file',
    'read_output',
    'request_packages',
    'run_shell',
    'search',
    'submit_version',
    'write_file',
  ]);
  expect(names).toEqual(expect.arrayContaining(toolsNamedIn(new URL('./prompts/coder.md', import.meta.url))));
});

describe.skipIf(python === '')('a shell command', () => {
  it('runs on the files as they stand and on the training data, and changes neither', async () => {
    executing();
    const [, said, listing] = await answers([
      write('model.py', 'x = 41\n'),
      call('run_shell', {
        command:
          'python -c "import model; print(model.x + 1)"; head -1 $MW_DATA/train.csv; rm model.py; echo note > $MW_OUT/note.txt; exit 3',
      }),
      call('list_files'),
    ]);
    expect(said).toMatch(/^exit code 3, after /);
    expect(said).toContain('left in $MW_OUT: note.txt (5 bytes)');
    expect(said).toContain('42\nid,petal,soil,kind,fold\n');
    expect(listing).toContain('model.py');
  });

  it('shows both ends of a long output, and all of it can be read', async () => {
    executing();
    const work = await bench.assignment();
    const job = `${work.id}_1_0`;
    const model = bench.code([
      call('run_shell', { command: 'seq 1 20000' }),
      call('read_output', { job, from: 10_000, lines: 2 }),
      call('read_output', { job, from: -1 }),
      call('read_output', { job: 'somebody-elses_1_0' }),
      ...GIVE_UP,
    ]);
    await bench.actor.assign(work);
    const [said = '', middle, end, refused] = answersIn(model);
    expect(said).toContain('characters left out');
    expect(said.length).toBeLessThan(10_500);
    expect(said.endsWith('20000\n')).toBe(true);
    expect(middle).toContain('10000\t10000\n10001\t10001');
    expect(end).toContain('20000\t20000');
    expect(refused).toContain('not a job of yours');
  });

  it('that leaves something running in the background ends all the same', async () => {
    executing();
    const [said] = await answers([call('run_shell', { command: 'sleep 300 & echo started' })]);
    expect(said).toMatch(/^exit code 0/);
    expect(said).toContain('started');
  });

  it('has its time from the model, and no more than the assignment has left', async () => {
    const runner = bench.runner(() => ({}));
    await answers([
      call('run_shell', { command: 'true' }),
      call('run_shell', { command: 'true', seconds: 10 }),
      call('run_shell', { command: 'true', seconds: 600 }),
    ]);
    const seconds = runner.jobs.map(({ limits }) => limits.wallSeconds);
    // The assignment itself has a minute.
    expect(seconds[0]).toBeLessThanOrEqual(60);
    expect(seconds[1]).toBe(10);
    expect(seconds[2]).toBeLessThanOrEqual(60);
    expect(runner.jobs.every(({ purpose }) => purpose === 'shell')).toBe(true);
  });
});

describe('a search', () => {
  it('finds lines by an expression, in a folder or everywhere', async () => {
    const [, all, part, none, broken] = await answers([
      write('notes/a.md', 'one\ntwo\n'),
      call('search', { pattern: '^def build' }),
      call('search', { pattern: 'TWO', path: 'notes', ignoreCase: true }),
      call('search', { pattern: 'x', path: 'nowhere' }),
      call('search', { pattern: 'config["' }),
    ]);
    expect(all).toMatch(/^model\.py:\d+: def build/m);
    expect(part).toBe('notes/a.md:2: two');
    expect(none).toContain('no file or folder');
    expect(broken).toMatch(/plain text\)\nmodel\.py:\d+: .*config\["/);
  });
});

describe.skipIf(python === '')('the training data', () => {
  it('is measured by the harness’s own program, not by files of the candidate', async () => {
    executing();
    const [, , overview = '', detail = ''] = await answers([
      write('pandas.py', 'raise SystemExit("mine")\n'),
      write('json.py', 'raise SystemExit("mine")\n'),
      call('data_profile'),
      call('data_profile', { columns: ['petal', 'soil', 'root'] }),
    ]);
    const seen = JSON.parse(overview);
    expect(seen).toMatchObject({ rows: 120, repeatedRows: 110 });
    expect(seen.columns.map(({ name }: { name: string }) => name).sort()).toEqual(['petal', 'soil']);
    expect(JSON.parse(detail)).toMatchObject({
      columns: [
        { name: 'petal', kind: 'numeric', min: 0, max: 9 },
        { name: 'soil', levels: [{ value: 'clay', rows: 60, target: { blue: 1, white: 0 } }, {}] },
      ],
      unknown: ['root'],
    });
  });
});

describe.skipIf(python === '')('an environment of its own', () => {
  const installed = 'joblib==1.2.3';

  it('is built from what the candidate requires and what is asked for, and is used from then on', async () => {
    const execute = executedJobs({ store: farm.bus.store, python, folder: farm.folder.path });
    const runner = bench.runner((job) => (job.purpose === 'smoke' ? bench.checked(null) : execute(job)));
    const model = bench.code([
      call('check_candidate'),
      call('request_packages', { packages: [installed] }),
      submit,
      call('check_candidate'),
      call('list_assets'),
      submit,
    ]);
    const { version } = resultOf(await bench.actor.assign(await bench.assignment()));
    const text = version.environment?.kind === 'requirements' ? version.environment.text : '';
    expect(text).toMatch(/^joblib==1\.2\.3\nnumpy==[\d.]+\npandas==[\d.]+\n/);
    const [before, , environment, after] = runner.jobs;
    expect(before?.environment).toEqual({ kind: 'base' });
    expect(environment).toMatchObject({ purpose: 'environment', environment: { text } });
    expect(after).toMatchObject({ purpose: 'smoke', environment: { text } });
    const read = await bench.checkout(version);
    expect(await read('requirements.txt')).toContain('joblib==1.2.3\n');
    const told = answersIn(model);
    expect(told[1]).toContain('import joblib');
    expect(told[2]).toContain('have not passed check_candidate');
    expect(told[4]).toContain('joblib==1.2.3');
  });

  it('that cannot be imported changes nothing, and the reason is told', async () => {
    executing();
    const [told, listed] = await answers([
      call('request_packages', { packages: ['no-such-package==1.0'] }),
      call('list_assets'),
    ]);
    expect(told).toContain('no-such-package: it is not installed');
    expect(listed).toContain("the runner's own");
  });

  it('is refused where the task has a list and a package is not on it', async () => {
    const model = bench.code([call('request_packages', { packages: ['torch==2.9.0'] }), ...GIVE_UP]);
    await bench.actor.assign(await bench.assignment({ constraints: { packages: ['lightgbm'] } }));
    expect(answersIn(model)[0]).toContain('the task does not allow torch');
  });
});

describe('an edit', () => {
  it('needs a file that was read, and is looked at for mistakes', async () => {
    const [refused, , edited] = await answers([
      call('edit_file', { path: 'model.py', find: 'def build(', replace: 'def build((' }),
      call('read_file', { path: 'model.py' }),
      call('edit_file', { path: 'model.py', find: 'def build(', replace: 'def build((' }),
    ]);
    expect(refused).toContain('read model.py first');
    expect(edited).toContain('may not be valid Python');
  });
});

describe.skipIf(python === '')('the measurement that the prompt shows', () => {
  it('trains one fold of the template and says what a fold costs', async () => {
    executing();
    const prompt = readFileSync(new URL('./prompts/coder.md', import.meta.url), 'utf8');
    const command = prompt
      .split('\n')
      .filter((line) => line.startsWith('       '))
      .map((line) => line.slice('       '.length))
      .join('\n');
    const [said, config] = await answers([
      call('run_shell', { command, seconds: 50 }),
      call('read_file', { path: 'config.json' }),
    ]);
    expect(said).toMatch(/^exit code 0/);
    for (const part of ['valid_accuracy[0] = ', 'train_accuracy[0] = ', 'fold_seconds[0] = ']) {
      expect(said).toContain(part);
    }
    expect(said).not.toContain('valid_accuracy[1]');
    expect(config).not.toContain('folds');
  });
});
