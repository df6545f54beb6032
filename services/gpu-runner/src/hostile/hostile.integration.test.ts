/**
 * Every program of the catalogue through a real runner, on each executor that this host has: contained, and reported.
 *
 * That a program would do harm is shown first, by running it uncontained where that does none for good.
 */
import type { ChildProcess } from 'node:child_process';
import { natsServersUnderTest } from '@modelwright/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ExecutorChoice, executorChoices } from '../testing/executor-choices.ts';
import { type RunnerBench, runnerBench } from '../testing/runner-bench.ts';
import { CATALOGUE } from './catalogue.ts';
import { cameOut, execute, LIMITS, leftovers, runUncontained } from './hostile-job.ts';
import type { Aftermath, HostileProgram } from './hostile-program.ts';
import { MARK, RUNNER, type Scene, SECRET_VARIABLE, setScene, startNeighbour } from './scene.ts';

interface HostileChoice extends Pick<ExecutorChoice, 'name' | 'variables' | 'missing'> {
  readonly groups: readonly string[];
}

/** Against what one program could find of another, or of whoever started both: the rest is as on a cold start. */
const STARTED_AHEAD = {
  name: 'process, started ahead',
  variables: { RUNNER_WARM: '3', RUNNER_WARM_MODULES: 'numpy', RUNNER_MEMORY_BYTES: String(2 ** 30) },
  missing: null,
  groups: ['reads what is not its own', 'reaches out', 'gains rights'],
};

// What a server does is not the matter: one will do.
const server = natsServersUnderTest().at(-1)?.server ?? null;
/** Some need seconds of an idle machine's time. */
const PATIENCE_MS = 120_000;
const everyProgram = Object.values(CATALOGUE).flat();

const choices: readonly HostileChoice[] = [
  ...(await executorChoices()).map((choice) => ({ ...choice, groups: Object.keys(CATALOGUE) })),
  STARTED_AHEAD,
];
for (const choice of choices) {
  const missing = server === null ? 'this machine has no nats-server' : choice.missing;
  if (missing === null) describe(`hostile programs on ${choice.name}`, () => onExecutor(choice));
  else describe.skip(`hostile programs on ${choice.name} (skipped: ${missing})`, () => onExecutor(choice));
}

function onExecutor({ name, variables, groups }: HostileChoice): void {
  let bench: RunnerBench;
  let runner: ChildProcess;
  let scene: Scene;
  const startedAhead: boolean[] = [];

  beforeAll(async () => {
    if (server === null || variables === null) return;
    bench = await runnerBench(server);
    runner = await bench.spawn(RUNNER, { RUNNER_SLOTS: '3', ...variables, [SECRET_VARIABLE]: MARK });
    scene = await setScene({ bench, runnerPid: runner.pid ?? 0 });
    await startNeighbour(bench, LIMITS);
  });
  afterAll(async () => {
    await scene?.[Symbol.asyncDispose]();
    await bench?.[Symbol.asyncDispose]();
  });

  if (name === 'process') {
    test.each(everyProgram.filter(({ bites }) => bites))(
      'uncontained, one that $that gets it',
      async (program) => {
        expect(await runUncontained(scene, program)).toContain('BREACH');
      },
    );
  }

  describe.each(groups)('one that %s', (group) => {
    test.for(CATALOGUE[group] ?? [])(
      'and $that is contained and reported',
      { timeout: PATIENCE_MS },
      async (program, context) => {
        if (program.unless?.executor === name) context.skip(program.unless.because);
        const before = scene.visits().length;
        const after = await execute(bench, scene, program);
        isReported(program, after);
        expect(scene.visits().slice(before)).toEqual([]);
        expect(await cameOut(after)).not.toContain(scene.mark);
        expect(await leftovers(after.job)).toEqual([]);
        await program.holds?.(after);
        expect(runner.exitCode).toBeNull();
        if (program.attempts !== undefined) {
          startedAhead.push(after.outcome.stdoutTail.startsWith('started ahead'));
        }
      },
    );
  });

  if (name === STARTED_AHEAD.name) {
    test('most of them came to an interpreter that had been started ahead', () => {
      expect(startedAhead.filter((one) => one).length).toBeGreaterThan(startedAhead.length / 2);
    });
  }
}

function isReported({ ends, reason, attempts }: HostileProgram, { outcome }: Aftermath): void {
  const said = `${outcome.end}: ${outcome.reason}\n${outcome.stdoutTail}\n${outcome.stderrTail}`;
  expect(ends, said).toContain(outcome.end);
  if (reason !== undefined) expect(outcome.reason).toMatch(reason);
  expect(outcome.isolation.level).toBe('contained');
  const tried = outcome.stdoutTail.split('\n');
  expect(tried.filter((line) => line.startsWith('BREACH'))).toEqual([]);
  if (attempts !== undefined)
    expect(
      tried.filter((line) => line.startsWith('refused')),
      said,
    ).toHaveLength(attempts);
}
