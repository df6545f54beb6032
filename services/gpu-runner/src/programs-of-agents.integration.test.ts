/** What agents have executed, in a real sandbox: their tools' own programs, and shell commands of models. */
import {
  describeCommand,
  type ProgramName,
  programCommand,
  runCommand,
  storePrograms,
  withPrograms,
} from '@modelwright/agent-host';
import type { Job, TreeRef } from '@modelwright/contracts';
import { describeOnNatsServers } from '@modelwright/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunnerBench, runnerBench } from './testing/runner-bench.ts';

const GIB = 2 ** 30;

describeOnNatsServers('a sandbox', (server) => {
  let bench: RunnerBench;
  let programs: TreeRef;

  beforeAll(async () => {
    bench = await runnerBench(server);
    programs = await storePrograms(bench.bus.store);
    await bench.runner('one');
  });
  afterAll(async () => {
    await bench?.[Symbol.asyncDispose]();
  });

  const roomy = (job: Partial<Job> = {}): Partial<Job> => ({
    ...job,
    limits: {
      ...{ wallSeconds: 60, graceSeconds: 2, stallSeconds: 60, memoryBytes: GIB, cpus: 1 },
      ...{ pids: 256, diskBytes: GIB, logBytes: 2 ** 20 },
      ...job.limits,
    },
  });

  const shell = async (command: string, wallSeconds = 30) => {
    const asked = runCommand(command, wallSeconds, programs);
    const limits = { ...roomy().limits, wallSeconds } as Job['limits'];
    const job = await bench.submit('', {
      ...roomy(),
      command: [...asked.command],
      inputs: asked.inputs ?? {},
      limits,
    });
    return await describeCommand(bench.bus.store, await bench.outcome(job));
  };

  const program = async (name: ProgramName, args: readonly string[], data: TreeRef | null = null) => {
    const change = { command: programCommand(name, args), inputs: withPrograms(programs), data };
    const { end, reason, output, stderrTail } = await bench.outcome(await bench.submit('', roomy(change)));
    if (output === null) throw new Error(`${end}: ${reason}\n${stderrTail}`);
    return async (path: string) =>
      JSON.parse(new TextDecoder().decode((await bench.bus.store.getTreeFile(output, path)) ?? undefined));
  };

  test('runs a command of a model, without a network, and says what it left and said', async () => {
    const connect = 'import socket; socket.create_connection(("127.0.0.1", 4222), 2)';
    const said = await shell(
      `echo one >&2; echo two > $MW_OUT/left.txt; python -c '${connect}'; echo three; exit 4`,
    );
    expect(said).toMatch(/^exit code 4, after /);
    expect(said).toContain('left in $MW_OUT: left.txt (4 bytes)');
    expect(said).toMatch(/one\n.*Error.*three/su);
  });

  test('ends a command that takes too long, with all it started, and keeps what it had said', async () => {
    const said = await shell('echo begun; sleep 300 & sleep 300', 2);
    expect(said).toMatch(/^timed-out: /);
    expect(said).toContain('begun');
  });

  test('keeps both ends of what a command says without end', async () => {
    const said = await shell('seq 1 500000');
    expect(said).toMatch(/\n1\n2\n3\n/);
    expect(said).toContain('characters left out');
    expect(said.trimEnd().endsWith('500000')).toBe(true);
  });

  test('says what programs find', async () => {
    const read = await program('list_assets', []);
    expect(await read('assets.json')).toMatchObject({ cpus: 1, assets: [], packages: expect.any(Object) });
    const tried = await program('try_imports', ['no-such-thing']);
    expect(await tried('imports.json')).toEqual({
      'no-such-thing': { version: null, modules: [], problem: 'it is not installed' },
    });
  });

  test('measures a table', async () => {
    const task = { features: [{ name: 'a', kind: 'numeric' }], fold: 'fold', target: 'y', classes: null };
    const rows = Array.from({ length: 40 }, (_, n) => `${n},${n * 2},${n % 2}`).join('\n');
    const data = await bench.tree({ 'task.json': JSON.stringify(task), 'train.csv': `a,y,fold\n${rows}\n` });
    const read = await program('data_profile', [], data);
    expect(await read('profile.json')).toMatchObject({ rows: 40, columns: [{ name: 'a', relation: 1 }] });
  });
});
