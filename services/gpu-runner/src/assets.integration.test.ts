/** What the environment and the assets of a job are to its program, on a real server with a real sandbox. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AssetRequest, environmentLock, type Job } from '@modelwright/contracts';
import { describeOnNatsServers } from '@modelwright/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { commitOf, startTestHub, type TestHub, TOKEN } from './testing/hub-server.ts';
import { makeWheel } from './testing/made-packages.ts';
import { type RunnerBench, runnerBench } from './testing/runner-bench.ts';

const COMMIT = commitOf('one');
const BACKBONE: AssetRequest = {
  name: 'backbone',
  source: { kind: 'hub', repository: 'timm/tiny', revision: 'main', files: [] },
};

/** Reads what it was given, and tries to change it. */
const READER = `
import json, os
assets = os.environ.get("MW_ASSETS")
try:
    open(f"{assets}/backbone/config.json", "w").write("planted")
    wrote = True
except OSError:
    wrote = False
hub = os.environ.get("HF_HOME", "") + "/hub/models--timm--tiny"
print(json.dumps({
    "config": open(f"{assets}/backbone/config.json").read(),
    "commit": open(f"{hub}/refs/main").read(),
    "offline": [os.environ.get(name) for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")],
    "torch": os.path.isdir(os.environ["TORCH_HOME"]),
    "wrote": wrote,
    "token": any("${TOKEN}" in value for value in os.environ.values()),
}))
`;

describeOnNatsServers('a job', (server) => {
  let bench: RunnerBench;
  let hub: TestHub;

  beforeEach(async () => {
    bench = await runnerBench(server);
    hub = await startTestHub();
    const files = { 'config.json': '{"layers": 3}', 'model.bin': 'weights '.repeat(1000) };
    hub.repositories.set('timm/tiny', { commit: COMMIT, licence: 'mit', files, needsToken: true });
  });
  afterEach(async () => {
    await hub[Symbol.asyncDispose]();
    await bench[Symbol.asyncDispose]();
  });

  const outcomeOf = async (program: string, change: Partial<Job>) =>
    await bench.outcome(await bench.submit(program, change));

  test('reads its assets, cannot change them, and never learns how they were paid for', async () => {
    const tokenFile = join(bench.home, 'token');
    await writeFile(tokenFile, TOKEN);
    const hubOnly = {
      RUNNER_HUB_URL: hub.url,
      RUNNER_ASSETS_ALLOW: 'hub:timm/*',
      RUNNER_HUB_TOKEN_FILE: tokenFile,
    };
    await bench.runner('one', hubOnly);
    const outcome = await outcomeOf(READER, { assets: [BACKBONE] });
    expect(outcome).toMatchObject({ end: 'finished', reason: expect.any(String) });
    expect(JSON.parse(outcome.stdoutTail)).toEqual({
      config: '{"layers": 3}',
      commit: COMMIT,
      offline: ['1', '1'],
      torch: true,
      wrote: false,
      token: false,
    });
    expect(outcome.assets).toMatchObject([
      { name: 'backbone', source: `hub:timm/tiny@main (${COMMIT})`, bytes: 8013, licence: 'mit' },
    ]);
    expect(outcome.environment).toBeNull();
  });

  test('is refused with the remedy where the host may not fetch them', async () => {
    await bench.runner('one', { RUNNER_HUB_URL: hub.url });
    const outcome = await outcomeOf(READER, { assets: [BACKBONE] });
    expect(outcome).toMatchObject({ end: 'refused', reason: expect.stringContaining('RUNNER_ASSETS_ALLOW') });
  });

  test('is tried again when a server does not answer, and refused when it never does', async () => {
    await hub.close();
    await bench.runner('one', { RUNNER_HUB_URL: hub.url, RUNNER_ASSETS_ALLOW: 'hub:*' });
    const outcome = await outcomeOf(READER, { assets: [BACKBONE] });
    const reason = expect.stringContaining('does not answer');
    expect(outcome).toMatchObject({ end: 'refused', attempt: 3, reason });
  }, 60_000);

  test('is told what it ran in, and the farm knows what that consists of', async () => {
    const index = join(bench.home, 'index');
    await mkdir(index);
    await makeWheel(index, { name: 'tiny_tool', version: '1.2', source: 'ANSWER = 42\n' });
    await bench.runner('one', { PIP_NO_INDEX: '1', PIP_FIND_LINKS: index });
    const environment = { kind: 'requirements', text: 'tiny-tool==1.2' } as const;
    const outcome = await outcomeOf('import tiny_tool; print(tiny_tool.ANSWER)', { environment });
    expect(outcome).toMatchObject({ end: 'finished', stdoutTail: '42' });
    const lock = await bench.bus.records('config', environmentLock).get(`environment.${outcome.environment}`);
    expect(lock?.value).toMatchObject({ lockedBy: 'one', packages: [{ name: 'tiny-tool', version: '1.2' }] });
  }, 60_000);
});
