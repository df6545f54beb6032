/**
 * An engineer behind a provider's interface plays all roles: whole runs through the real HTTP client, from a folder that
 * holds nothing but data to a delivered model.
 */
import { execFile } from 'node:child_process';
import { appendFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { agentRole } from '@modelwright/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { findPython } from '../bootstrap/toolchain.mjs';
import { bareTask } from './support/bare-task.ts';
import { EngineerAtWork } from './support/engineer-at-work.ts';
import { KEY, KEY_VARIABLE, type ModelWish, writeModelsFile } from './support/models-file.ts';
import { Laptop, PROJECT } from './support/modelwright.ts';
import { eventsOf, spentBy } from './support/run-records.ts';
import { copySources } from './support/source-copy.ts';
import { chargeOf, repliesOf, type Transcript, transcriptsOf } from './support/transcripts.ts';

/** Room for a candidate beyond the portfolio, so that there is something for a manager to decide. */
const BUDGET = ['--candidates', '3', '--trials', '1', '--budget-minutes', '12', '--budget-usd', '50'];
const ROLES = agentRole.options;

const manifest = z.object({
  run: z.string(),
  outcome: z.literal('finished'),
  winner: z.object({ candidate: z.string() }),
  verified: z.object({ agree: z.literal(true) }),
});

interface Delivered {
  readonly run: string;
  readonly results: string;
  readonly test: string;
}

/** A laptop whose roles are played by these models, with the services up. */
async function laptopWith(models: readonly ModelWish[]): Promise<Laptop> {
  const laptop = await Laptop.open({ [KEY_VARIABLE]: KEY });
  await writeModelsFile(laptop.folder, models);
  return laptop;
}

/** From a bare folder to results. */
async function runDigits(laptop: Laptop, words: readonly string[] = []): Promise<Delivered> {
  const folder = await bareTask(laptop.folder, 'digits');
  const results = join(laptop.folder, 'delivered');
  await laptop.must('run', folder, ...BUDGET, '--out', results, ...words);
  const { run } = manifest.parse(JSON.parse(await readFile(join(results, 'run.json'), 'utf8')));
  return { run, results, test: join(folder, 'test.csv') };
}

async function accuracyOf({ results, test }: Delivered): Promise<number> {
  const python = findPython();
  if (python === null) throw new Error('there is no Python environment: node bootstrap/main.mjs setup');
  const judge = join(PROJECT, 'e2e', 'support', 'digits_accuracy.py');
  const words = [judge, test, join(results, 'submission.csv')];
  return Number((await promisify(execFile)(python.python, words)).stdout);
}

/** What the run left in the streams. */
async function leftBy(laptop: Laptop, run: string) {
  const bus = await laptop.bus();
  try {
    return { events: await eventsOf(bus, run), transcripts: await transcriptsOf(bus, run) };
  } finally {
    await bus.close();
  }
}

async function readTexts(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile());
  return await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'utf8')));
}

/** Names of who answered. The floor, c0, is the playbook's by design. */
function answerers(transcripts: readonly Transcript[]): Set<string> {
  const others = transcripts.filter(({ assignment }) => !assignment.includes('_c0_'));
  return new Set(others.flatMap(repliesOf).map(({ model }) => model));
}

describe('a run that an engineer plays through Chat Completions', () => {
  let engineer: EngineerAtWork;
  let laptop: Laptop;
  let delivered: Delivered;
  let left: Awaited<ReturnType<typeof leftBy>>;

  beforeAll(async () => {
    engineer = await EngineerAtWork.start();
    laptop = await laptopWith([{ name: 'engineer', url: engineer.url, api: 'chat' }]);
    delivered = await runDigits(laptop);
    left = await leftBy(laptop, delivered.run);
  }, 12 * 60_000);
  afterAll(async () => {
    await laptop[Symbol.asyncDispose]();
    await engineer[Symbol.asyncDispose]();
  });

  it('goes from bare data to a proven model, and delivers what was proposed and learned on the way', async () => {
    expect(await accuracyOf(delivered)).toBeGreaterThanOrEqual(0.95);
    expect(await readFile(join(delivered.results, 'task.yaml'), 'utf8')).toContain('target: digit');
    expect(await readFile(join(delivered.results, 'insights.md'), 'utf8')).toContain('The designer begins');
  });

  it('asks the engineer for all six roles, and nobody else', () => {
    expect(new Set(engineer.visits.map(({ role }) => role))).toEqual(new Set(ROLES));
    expect(answerers(left.transcripts)).toEqual(new Set(['engineer']));
    expect(left.events.filter(({ type }) => type === 'role-taken-over')).toEqual([]);
  });

  it("is charged the provider's bill to the last micro-dollar", () => {
    expect(engineer.bill).toBeGreaterThan(0);
    expect(left.transcripts.reduce((sum, transcript) => sum + chargeOf(transcript), 0)).toBe(engineer.bill);
    expect([...spentBy(left.events).values()].reduce((sum, one) => sum + one, 0)).toBe(engineer.bill);
  });

  it('leaves the key in nothing that it writes', async () => {
    expect(JSON.stringify(left)).not.toContain(KEY);
    const logs = await readTexts(join(laptop.home, 'logs'));
    expect(logs.join('\n')).not.toContain(KEY);
  });

  it('is decided the same way when it is replayed, without a key', async () => {
    const asked = engineer.visits.length;
    const { code, stdout, stderr } = await laptop.run('replay', delivered.run);
    expect({ code, said: code === 0 ? '' : `${stdout}${stderr}` }).toEqual({ code: 0, said: '' });
    expect(engineer.visits.length).toBe(asked);
  });

  it('diverges when it is replayed with another prompt', async () => {
    const sources = join(laptop.folder, 'sources');
    await copySources(sources);
    await appendFile(join(sources, 'services/designer/src/prompts/designer.md'), 'Always plan a forest.\n');
    const command = join(sources, 'cli', 'bin', 'modelwright.js');
    const { code, stdout } = await laptop.runFrom(command, 'replay', delivered.run);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^ {2}designer run_portfolio_1: the system prompt$/m);
    expect(stdout).not.toMatch(/^ {2}(setup|manager|coder|tuner|aggregator) /m);
  });
});

describe('a run that an engineer plays', () => {
  it.each<[string, Omit<ModelWish, 'url'>]>([
    ['through Responses', { name: 'engineer', api: 'responses' }],
    ['without function calling', { name: 'engineer', api: 'chat', tools: 'text', structured: 'json_object' }],
  ])('%s ends with a proven model', async (_how, wish) => {
    await using engineer = await EngineerAtWork.start();
    await using laptop = await laptopWith([{ ...wish, url: engineer.url }]);
    const delivered = await runDigits(laptop);
    expect(await accuracyOf(delivered)).toBeGreaterThanOrEqual(0.95);
    expect(new Set(engineer.visits.map(({ role }) => role))).toEqual(new Set(ROLES));
    const { transcripts } = await leftBy(laptop, delivered.run);
    expect(answerers(transcripts)).toEqual(new Set(['engineer']));
  });

  it('goes on with the second provider when the first breaks down half way', async () => {
    await using first = await EngineerAtWork.start({ outOfOrderAfter: 12 });
    await using second = await EngineerAtWork.start();
    await using laptop = await laptopWith([
      { name: 'first', url: first.url, api: 'chat' },
      { name: 'second', url: second.url, api: 'responses' },
    ]);
    const delivered = await runDigits(laptop);
    const { events, transcripts } = await leftBy(laptop, delivered.run);
    expect(answerers(transcripts)).toEqual(new Set(['first', 'second']));
    expect(events.filter(({ type }) => type === 'role-taken-over')).toEqual([]);
    const charged = transcripts.reduce((sum, transcript) => sum + chargeOf(transcript), 0);
    expect(charged).toBeGreaterThanOrEqual(first.bill + second.bill);
    const unanswered = transcripts.flatMap(({ records }) =>
      records.flatMap((record) => (record.type === 'unanswered' ? [record.microUsd] : [])),
    );
    expect(unanswered.filter((microUsd) => microUsd > 0)).toHaveLength(1);
  });
});
