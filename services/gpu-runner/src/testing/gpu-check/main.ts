/**
 * Checks a runner on a host with a real GPU: a PyTorch training by UUID with its utilisation and energy, a GPU that runs out
 * of memory, a job that must not see one. docs/gpu.md says how to use it.
 *
 *   MODELWRIGHT_PYTHON=/path/to/python-with-torch node services/gpu-runner/src/testing/gpu-check/main.ts
 *
 * RUNNER_* variables reach the runner. Exit code 0: all holds; 1: something does not; 2: nothing could be checked here.
 */
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import type { Job, JobOutcome } from '@modelwright/contracts';
import { createLogger } from '@modelwright/telemetry';
import { natsServersUnderTest } from '@modelwright/testing';
import { z } from 'zod';
import { chooseProbe } from '../../adapters/accelerators/choose-probe.ts';
import { acceleratorSettings, acceleratorVariables } from '../../adapters/accelerators/settings.ts';
import { type RunnerBench, runnerBench, testPython } from '../runner-bench.ts';
import { sampleJob } from '../samples.ts';

const GiB = 2 ** 30;

process.exitCode = await main();

async function main(): Promise<number> {
  const settings = acceleratorSettings(z.object(acceleratorVariables).parse(process.env));
  const logger = createLogger({ service: 'gpu-check', name: 'gpu-check', level: 'warn' });
  const { found } = await chooseProbe(settings, logger);
  if (found.length === 0) {
    return nothing('no GPU: neither nvidia-smi nor rocm-smi lists one on this host. Nothing was checked.');
  }
  for (const one of found) say(`GPU ${one.index}: ${one.model}, ${one.uuid}, driver ${one.driver}`);
  const torch = torchVersion();
  if (torch === null) {
    return nothing(
      `no PyTorch in ${testPython()}: name a Python that has it by MODELWRIGHT_PYTHON. Nothing was checked.`,
    );
  }
  const server = natsServersUnderTest().findLast((one) => one.server !== null)?.server ?? null;
  if (server === null) return nothing('no nats-server: npm run setup brings one. Nothing was checked.');
  say(`PyTorch ${torch} in ${testPython()}; nats-server ${server.version}`, '');
  await using bench = await runnerBench(server);
  await bench.spawn('gpu-check', { RUNNER_MEMORY_BYTES: String(memoryBytes()), ...ofTheRunner() });
  return (await checks(bench)) ? 0 : 1;
}

async function checks(bench: RunnerBench): Promise<boolean> {
  const uuids: string[] = [];
  const trained = await outcome(bench, 'train.py', 1, {
    MW_TIME_BUDGET_SECONDS: process.env['GPU_CHECK_SECONDS'] ?? '20',
  });
  uuids.push(...(trained.use?.accelerators.map((one) => one.uuid) ?? []));
  const exhausted = await outcome(bench, 'exhaust.py', 1);
  const hidden = await outcome(bench, 'hidden.py', 0);
  say('');
  const held = [
    check(
      'a training runs on the GPU that it holds',
      trained.end === 'finished' && trained.stdoutTail.includes(uuids[0] ?? '?'),
    ),
    check('its utilisation is in the result', (trained.use?.utilisationPercent ?? 0) > 0),
    check('its memory is in the result', (trained.use?.peakMemoryBytes ?? 0) > 0),
    check('its energy is in the result', (trained.use?.energyJoules ?? 0) > 0),
    check(
      'a GPU out of memory is called so',
      exhausted.end === 'out-of-memory' && exhausted.exhausted === 'accelerator',
    ),
    check('a job without GPUs sees none', hidden.end === 'finished'),
  ];
  return held.every((one) => one);
}

async function outcome(
  bench: RunnerBench,
  program: string,
  count: number,
  variables: Record<string, string> = {},
): Promise<JobOutcome> {
  const text = await readFile(new URL(program, import.meta.url), 'utf8');
  const limits: Job['limits'] = {
    ...sampleJob().limits,
    wallSeconds: 600,
    stallSeconds: 300,
    memoryBytes: memoryBytes(),
    pids: 512,
  };
  const wish =
    count === 0
      ? { class: 'cpu' }
      : { class: 'gpu', accelerators: { count, memoryBytes: null, shared: false } };
  const told = await bench.outcome(await bench.submit(text, { ...wish, limits, variables }));
  const { end, exhausted, exitCode, wallSeconds, reason, use, isolation } = told;
  say(
    `${program}: ${JSON.stringify({ end, exhausted, exitCode, wallSeconds, reason, use, isolation: isolation.level }, null, 1)}`,
  );
  const last = told.stdoutTail.trim().split('\n').at(-1) ?? '';
  if (last !== '') say(last);
  return told;
}

function memoryBytes(): number {
  return Math.min(32 * GiB, Math.floor(totalmem() / 2));
}

function ofTheRunner(): Record<string, string> {
  const own = Object.entries(process.env).filter(([name]) => name.startsWith('RUNNER_'));
  return Object.fromEntries(own.map(([name, value]) => [name, value ?? '']));
}

function torchVersion(): string | null {
  try {
    const words = ['-I', '-c', 'import torch; print(torch.__version__)'];
    return execFileSync(testPython(), words, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return null;
  }
}

function check(what: string, holds: boolean): boolean {
  say(`${holds ? 'holds ' : 'FAILS '} ${what}`);
  return holds;
}

function nothing(why: string): number {
  say(why);
  return 2;
}

function say(...lines: string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
}
