/** The command line as a child process: exit codes, what goes to which stream, closed pipes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Bus, connectBus } from '@modelwright/bus';
import { type RunId, runId, runSubmitted, turnRecord, turnSubject } from '@modelwright/contracts';
import { createLogger } from '@modelwright/telemetry';
import {
  type NatsServerProcess,
  natsServersUnderTest,
  startNatsServer,
  type TemporaryFolder,
  temporaryFolder,
} from '@modelwright/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as script from './core/run-log.fixture.ts';
import { ASSIGNMENT, TRANSCRIPT_COST, transcript } from './core/transcript.fixture.ts';
import { ScriptedManager } from './testing/scripted-manager.ts';

const silent = createLogger({ service: 'test', name: 'test', level: 'silent' });
const BIN = fileURLToPath(new URL('../bin/modelwright.js', import.meta.url));

describe.skipIf(natsServersUnderTest().at(-1)?.server == null)('modelwright', () => {
  let server: NatsServerProcess;
  let bus: Bus;
  let folder: TemporaryFolder;
  let run: RunId;

  beforeAll(async () => {
    folder = await temporaryFolder('modelwright-cli-');
    server = await startNatsServer();
    bus = await connectBus({ url: server.url, name: 'test', logger: silent });
    await bus.applyTopology();
    run = await finishedRun(script.RUN);
    await transcribed(run);
    for (let n = 10; n < 16; n += 1) await finishedRun(`other-aaaaa${n % 10}-${n}`);
  });

  afterAll(async () => {
    await bus.close();
    await server.stop();
    await folder[Symbol.asyncDispose]();
  });

  async function finishedRun(id: string): Promise<RunId> {
    const named = runId.parse(id);
    const manager = new ScriptedManager(bus, named);
    await manager.decide(script.started);
    await manager.decide(
      {
        type: 'assignment-opened',
        assignment: ASSIGNMENT,
        role: 'coder',
        action: 'implement',
        candidate: 'c1',
        at: script.START,
      },
      script.planned('c1', 'forest'),
      script.scored('c1', 0.975),
      script.best('c1', 0.975, false),
    );
    await manager.decide(script.ended('finished'));
    return named;
  }

  async function transcribed(id: RunId): Promise<void> {
    let expectedLast = 0;
    for (const [index, body] of transcript.entries()) {
      const appended = await bus.streams.append({
        definition: turnRecord,
        subject: turnSubject(id, ASSIGNMENT),
        messageId: `${ASSIGNMENT}:${index}`,
        expectedLast,
        run: id,
        body,
      });
      if (appended.kind === 'conflict') throw new Error('somebody else writes this transcript');
      expectedLast = appended.sequence;
    }
  }

  function start(words: readonly string[], env: Record<string, string> = {}) {
    const child = spawn(process.execPath, [BIN, ...words], {
      cwd: folder.path,
      env: {
        ...withoutModels(process.env),
        NATS_URL: server.url,
        MODELWRIGHT_HOME: join(folder.path, 'home'),
        ...env,
      },
    });
    const streams = { stdout: '', stderr: '' };
    child.stdout.on('data', (data) => {
      streams.stdout += data;
    });
    child.stderr.on('data', (data) => {
      streams.stderr += data;
    });
    const ended = once(child, 'close').then(([code]) => ({ code, ...streams }));
    return { child, ended, streams };
  }

  const modelwright = (words: readonly string[], env?: Record<string, string>) => start(words, env).ended;

  it('lists runs as a table, and as one JSON object a line', async () => {
    const [table, json] = await Promise.all([modelwright(['ls']), modelwright(['ls', '--json'])]);
    expect(table).toMatchObject({ code: 0, stderr: '' });
    expect(table.stdout.split('\n')[0]).toMatch(/^run\s+phase\s+best\s+started\s+took$/);
    expect(table.stdout).toContain(`${run}  finished  accuracy 0.9750 [0.9670, 0.9830]`);
    const lines = json.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map((line) => line.run)).toContain(run);
    expect(lines.length).toBeGreaterThanOrEqual(7);
  });

  it('ends quietly when its reader goes away', async () => {
    const { child, ended } = start(['ls', '--json']);
    child.stdout.destroy();
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('shows a run by the beginning of its id, without an escape sequence when not in a terminal', async () => {
    const { code, stdout } = await modelwright(['status', 'digits']);
    expect(code).toBe(0);
    expect(stdout).toContain(run);
    expect(stdout).not.toContain('\u001b');
  });

  it('shows the history of a run, for people and for programs', async () => {
    const [text, json] = await Promise.all([
      modelwright(['logs', run]),
      modelwright(['logs', '-f', run, '--json']),
    ]);
    expect(text.stdout).toContain('c1 scores 0.9750');
    expect(JSON.parse(json.stdout.split('\n')[0] ?? '')).toMatchObject({
      type: 'decision',
      reason: 'scripted step 1',
    });
    expect(json.code).toBe(0);
  });

  it('writes the results of a run where it is told to', async () => {
    const { code, stdout } = await modelwright(['results', run, '--out', 'there', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ type: 'results', run, folder: join(folder.path, 'there') });
    expect(JSON.parse(await readFile(join(folder.path, 'there', 'run.json'), 'utf8'))).toMatchObject({ run });
  });

  it('says that a run is not known, and which was meant', async () => {
    const { code, stdout, stderr } = await modelwright(['status', 'digits-k3f9x2-08']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`error: no run "digits-k3f9x2-08"\n  Did you mean ${run}?`);
  });

  it('reads what an agent said, by the end of its id', async () => {
    const [list, one] = await Promise.all([
      modelwright(['transcript', run]),
      modelwright(['transcript', run, 'implement_1']),
    ]);
    expect(list.stdout).toMatch(/^c1_implement_1 +coder +gpt, local +2 +2 +\$0\.0960 +at work$/m);
    expect(one.stdout).toContain('turn 1: gpt, 1200 in');
    expect(await modelwright(['transcript', run, 'nobody'])).toMatchObject({ code: 2 });
  });

  it('says what models cost, work under way included', async () => {
    const { code, stdout } = await modelwright(['cost', run, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ run, spentMicroUsd: TRANSCRIPT_COST, total: { calls: 4 } });
  });

  it('replays what can be replayed, and names the rest', async () => {
    const { code, stdout } = await modelwright(['replay', run]);
    expect(code).toBe(0);
    expect(stdout).toContain('decisions: 0 made again (besides 3 without the message that caused them)');
    expect(stdout).toContain('c1_implement_1 was not replayed: the log holds no such assignment');
  });

  it('lets a run spend more, and refuses what leaves nothing', async () => {
    const paused = runId.parse('paused-k3f9x2-08');
    const manager = new ScriptedManager(bus, paused);
    await manager.decide(script.started, { type: 'money-paused', spentMicroUsd: 0, capMicroUsd: 0 });
    const resuming = modelwright(['resume', paused, '--budget-usd', '2.5']);
    expect(await manager.nextMessage()).toMatchObject({ type: 'budget-raised', microUsd: 2_500_000 });
    await manager.decide({ type: 'budget-raised', microUsd: 2_500_000 });
    expect(await resuming).toMatchObject({ code: 0, stdout: expect.stringContaining('$2.50 altogether') });
    expect((await modelwright(['resume', paused, '--budget-usd', '2.5'])).stderr).toContain('already');
    expect((await modelwright(['resume', run, '--budget-usd', '9'])).stderr).toContain('has ended');
  });

  it('has no run for a job that is not there', async () => {
    const { code, stderr } = await modelwright(['logs', run, '--job', 'c9']);
    expect(code).toBe(2);
    expect(stderr).toContain('has no program "c9"');
  });

  it('submits and leaves when told to', async () => {
    const task = fileURLToPath(new URL('../../examples/diabetes', import.meta.url));
    const { code, stdout } = await modelwright(['run', task, '--detach', '--seed', '5']);
    expect(code).toBe(0);
    const submitted = runId.parse(stdout.trim());
    const message = await new ScriptedManager(bus, submitted).nextMessage();
    expect(runSubmitted.body.parse(message)).toMatchObject({ run: submitted, seed: 5 });
  });

  it('stops watching at the first Ctrl-C, says how to go on, and the run goes on', async () => {
    const task = fileURLToPath(new URL('../../examples/diabetes', import.meta.url));
    const { child, ended, streams } = start(['run', task]);
    await expect.poll(() => streams.stdout, { timeout: 20_000 }).toMatch(/^run diabetes-/);
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect(code).toBe(130);
    expect(stderr).toMatch(/the run goes on\.\n {2}follow it: +modelwright logs -f diabetes-/);
    expect(stderr).toMatch(/modelwright cancel diabetes-/);
  });

  it('says that the bus is lost and back, and can be left while it is away', async () => {
    const task = fileURLToPath(new URL('../../examples/diabetes', import.meta.url));
    await using away = await startNatsServer();
    const setUp = await connectBus({ url: away.url, name: 'test', logger: silent });
    await setUp.applyTopology();
    await setUp.close();
    const { child, ended, streams } = start(['run', task], { NATS_URL: away.url });
    await expect.poll(() => streams.stdout, { timeout: 20_000 }).toMatch(/^run diabetes-/);
    await away.kill();
    await expect.poll(() => streams.stderr, { timeout: 20_000 }).toContain('Connection to the bus lost');
    await away.restart();
    await expect.poll(() => streams.stderr, { timeout: 20_000 }).toContain('Connected to the bus again');
    await away.kill();
    await expect
      .poll(() => streams.stderr.split('Connection to the bus lost').length, { timeout: 20_000 })
      .toBe(3);
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 130 });
  });

  it('says what is not there with exit code 3, and shows no stack', async () => {
    const nobody = { NATS_URL: 'nats://127.0.0.1:1' };
    const [away, none] = await Promise.all([
      modelwright(['ls'], nobody),
      modelwright(['ls'], { NATS_URL: '' }),
    ]);
    for (const { code, stdout, stderr } of [away, none]) {
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
      expect(stderr).toMatch(/^error: .*\n {2}\S/);
      expect(stderr).not.toMatch(/ {4}at /);
    }
    expect(away.stderr).toContain('No NATS server answers at nats://127.0.0.1:1');
    expect(none.stderr).toContain('modelwright up');
  });

  it('refuses a misspelt command with exit code 2 and the one that was meant', async () => {
    const { code, stderr } = await modelwright(['statsu', run]);
    expect(code).toBe(2);
    expect(stderr).toContain('Did you mean status?');
  });

  it('has nothing to stop where nothing was started', async () => {
    expect(await modelwright(['down'])).toMatchObject({ code: 0, stdout: 'nothing is running here\n' });
  });
});

/** A test asks nobody's model. */
function withoutModels(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(OPENAI_|MODELWRIGHT_CONFIG$)/.test(name)),
  );
}
