/** A whole run whose every program is a container: from an image with nothing but Python to a proven model. */
import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { jobOutcome, runOutcomesFilter } from '@modelwright/contracts';
import { findDockerEngine } from '@modelwright/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Laptop, PROJECT } from './support/modelwright.ts';

const found = await findDockerEngine();
const engine = 'engine' in found ? found.engine : null;
const why = 'missing' in found ? ` (skipped: ${found.missing})` : '';

const manifest = z.object({
  run: z.string(),
  outcome: z.literal('finished'),
  verified: z.object({ agree: z.literal(true) }),
});

describe.skipIf(engine === null)(`a run in containers${why}`, () => {
  let laptop: Laptop;
  let delivered: z.infer<typeof manifest>;

  beforeAll(async () => {
    laptop = await Laptop.open({
      RUNNER_EXECUTOR: 'docker',
      RUNNER_DOCKER_HOST: `unix://${engine?.socketPath}`,
      RUNNER_IMAGE: engine?.image ?? '',
      RUNNER_BASE_REQUIREMENTS: join(PROJECT, 'bootstrap/python/requirements.txt'),
    });
    const out = join(laptop.folder, 'results');
    const few = ['--candidates', '1', '--trials', '1'];
    await laptop.must('run', join(PROJECT, 'examples', 'diabetes'), '--out', out, ...few);
    delivered = manifest.parse(JSON.parse(await readFile(join(out, 'run.json'), 'utf8')));
  }, 14 * 60_000);
  afterAll(() => laptop?.[Symbol.asyncDispose]());

  it('delivers a model that its delivered files reproduce', () => {
    expect(delivered.verified.agree).toBe(true);
  });

  it('executed every program in a container, and says so', async () => {
    const bus = await laptop.bus();
    try {
      const outcomes = await bus.streams.read('RESULTS', runOutcomesFilter(delivered.run), jobOutcome);
      expect(outcomes.length).toBeGreaterThan(3);
      for (const { body } of outcomes) {
        expect(body).toMatchObject({ end: 'finished', isolation: { level: 'contained' } });
        expect(body.isolation.notes.join('\n')).toMatch(/^container of sha256:/m);
      }
    } finally {
      await bus.close();
    }
  });

  it('leaves no container behind', async () => {
    const left = await containersOf(delivered.run);
    expect(left).toEqual([]);
  });
});

const containers = z.array(z.object({ Names: z.array(z.string()) }));

async function containersOf(run: string): Promise<string[]> {
  const filters = encodeURIComponent(JSON.stringify({ label: [`modelwright.run=${run}`] }));
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const path = `/containers/json?all=true&filters=${filters}`;
  const asked = request({ socketPath: engine?.socketPath, path }, async (response) => {
    resolve((await response.toArray()).join(''));
  });
  asked.once('error', reject);
  asked.end();
  return containers.parse(JSON.parse(await promise)).flatMap(({ Names }) => Names);
}
