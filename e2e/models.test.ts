/**
 * An engineer behind a provider's interface plays all roles: whole runs through the real HTTP client, from a folder that
 * holds nothing but data to a delivered model.
 */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { agentRole } from '@modelwright/contracts';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { findPython } from '../bootstrap/toolchain.mjs';
import { bareTask } from './support/bare-task.ts';
import { EngineerAtWork } from './support/engineer-at-work.ts';
import { KEY, KEY_VARIABLE, type ModelWish, writeModelsFile } from './support/models-file.ts';
import { Laptop, PROJECT } from './support/modelwright.ts';
import { eventsOf, spentBy } from './support/run-records.ts';
import { chargeOf, repliesOf, type Transcript, transcriptsOf } from './support/transcripts.ts';

const BUDGET = ['--candidates', '2', '--trials', '1', '--budget-minutes', '12', '--budget-usd', '50'];
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

/** Names of who answered, without the floor's playbook. */
function answerers(transcripts: readonly Transcript[]): Set<string> {
  const others = transcripts.filter(({ assignment }) => !assignment.includes('_floor_'));
  return new Set(others.flatMap(repliesOf).map(({ model }) => model));
}

describe('a run that an engineer plays through Chat Completions', () => {
  it('goes from bare data to a proven model, asks for all six roles, and is charged to the last micro-dollar', async () => {
    await using engineer = await EngineerAtWork.start();
    await using laptop = await laptopWith([{ name: 'engineer', url: engineer.url, api: 'chat' }]);
    const delivered = await runDigits(laptop);
    expect(await accuracyOf(delivered)).toBeGreaterThanOrEqual(0.95);
    expect(new Set(engineer.visits.map(({ role }) => role))).toEqual(new Set(ROLES));
    const { events, transcripts } = await leftBy(laptop, delivered.run);
    expect(answerers(transcripts)).toEqual(new Set(['engineer']));
    expect(events.filter(({ type }) => type === 'role-taken-over')).toEqual([]);
    const charged = transcripts.reduce((sum, transcript) => sum + chargeOf(transcript), 0);
    expect(charged).toBe(engineer.bill);
    expect(engineer.bill).toBeGreaterThan(0);
    expect([...spentBy(events).values()].reduce((sum, one) => sum + one, 0)).toBe(engineer.bill);
    expect(await readFile(join(delivered.results, 'insights.md'), 'utf8')).toContain('The designer begins');
    expect(await readFile(join(delivered.results, 'task.yaml'), 'utf8')).toContain('digit');
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
    expect(charged).toBe(first.bill + second.bill);
  });
});
