/** Coders that die in the middle of their work, as processes of their own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { TestFarm } from '@modelwright/agent-host/testing';
import { ModelFailure } from '@modelwright/llm';
import type { ScriptedReply } from '@modelwright/llm/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { CoderBench, call, failureOf, resultOf, submit, write } from './testing/coder-bench.ts';

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

/** A coder in a process of its own, until it has died at that turn. */
const dyingAt = async (turn: number, script: readonly ScriptedReply[]) => {
  const file = fileURLToPath(new URL('./testing/coder-process.ts', import.meta.url));
  const words = [file, farm.server.url, farm.folder.path, String(turn), JSON.stringify(script)];
  const [, signal] = await once(spawn(process.execPath, words, { stdio: 'inherit' }), 'exit');
  expect(signal).toBe('SIGKILL');
};

describe('a coder that dies', () => {
  const script: ScriptedReply[] = [
    write('model.py', 'x = 1\n'),
    call('check_candidate'),
    call('edit_file', { path: 'model.py', find: '1', replace: '12' }),
    call('check_candidate'),
    submit,
  ];

  it.each([1, 2, 3, 4, 5])(
    'by SIGKILL at turn %d leaves its work to another, who ends it the same',
    async (turn) => {
      const jobs = bench.runner(() => bench.checked(null));
      const work = await bench.assignment();
      const file = fileURLToPath(new URL('./testing/coder-process.ts', import.meta.url));
      const words = [file, farm.server.url, farm.folder.path, String(turn), JSON.stringify(script)];
      const doomed = spawn(process.execPath, words, { stdio: 'inherit' });
      const finished = bench.actor.assign(work);
      const [, signal] = await once(doomed, 'exit');
      expect(signal).toBe('SIGKILL');
      const model = bench.code(script, 'coder-two');
      const { version } = resultOf(await finished);
      expect(await (await bench.checkout(version))('model.py')).toBe('x = 12\n');
      expect(jobs.jobs.map(({ id }) => id)).toEqual([`${work.id}_2_0`, `${work.id}_4_0`]);
      const records = await bench.transcript(work.id);
      expect(records.filter(({ type }) => type === 'reply')).toHaveLength(5);
      expect(records.filter(({ type }) => type === 'intent')).toHaveLength(6);
      expect(records.filter(({ type }) => type === 'finished')).toHaveLength(1);
      expect(model.requests).toHaveLength(6 - turn);
    },
  );

  it('three times without any progress is poison: its run is told, and the message kept', async () => {
    const work = await bench.assignment();
    const finished = bench.actor.assign(work);
    for (let n = 0; n < 3; n++) await dyingAt(1, script);
    const model = bench.code(script, 'coder-two');
    expect(failureOf(await finished)).toMatchObject({ kind: 'poison' });
    expect(model.requests).toEqual([]);
    await vi.waitUntil(() => bench.actor.complaints.length > 0);
    expect(bench.actor.complaints).toEqual([expect.stringContaining('3 times in a row')]);
  });
});

describe('a model that breaks', () => {
  it('for a while is asked again later', async () => {
    bench.runner(() => bench.checked(null));
    const failure = { kind: 'rate-limited', message: 'Later.', retryable: true, origin: 'test', causes: [] };
    let asked = 0;
    const model = bench.code([
      () => {
        asked += 1;
        if (asked === 1) throw new ModelFailure(failure);
        return call('check_candidate');
      },
      submit,
    ]);
    resultOf(await bench.actor.assign(await bench.assignment()));
    expect(model.requests).toHaveLength(3);
  });

  it('twice on the same assignment leaves it to people', async () => {
    const broken = bench.code([
      () => {
        throw new Error('a fault in the model');
      },
    ]);
    const work = await bench.assignment();
    const never = bench.actor.assign(work);
    await vi.waitUntil(() => bench.actor.complaints.length > 0, { timeout: 10_000 });
    expect(bench.actor.complaints).toEqual([expect.stringContaining('a fault in the model')]);
    expect(broken.requests).toHaveLength(2);
    expect(await Promise.race([never, Promise.resolve('open')])).toBe('open');
  });
});
