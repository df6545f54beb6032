import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkDocker, checkGpu } from './doctor-runner.mjs';

/** Answers as an engine does that has one image. */
const engine = createServer((request, response) => {
  const answers: Record<string, unknown> = {
    '/info': { ServerVersion: '27.0', Runtimes: { runc: {}, nvidia: {} } },
    '/images/here:1/json': { Id: 'sha256:1' },
  };
  const answer = answers[request.url ?? ''];
  response.writeHead(answer === undefined ? 404 : 200).end(JSON.stringify(answer ?? {}));
});
let folder: string;
let socket: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mw-doctor-'));
  socket = join(folder, 'docker.sock');
  engine.listen(socket);
  await once(engine, 'listening');
});
afterEach(async () => {
  engine.close();
  await rm(folder, { recursive: true, force: true });
});

const docker = (more: Record<string, string>) =>
  checkDocker({ DOCKER_HOST: `unix://${socket}`, RUNNER_IMAGE: 'here:1', ...more });

describe('the doctor on containers', () => {
  it('tells engine, runtimes and what would run in them', async () => {
    expect(await docker({})).toMatchObject({
      status: 'ok',
      detail: 'engine 27.0 with runc, nvidia; RUNNER_EXECUTOR=docker would run programs in here:1',
    });
  });

  it('misses an image where containers are wanted, more so where none may be pulled', async () => {
    const gone = { RUNNER_EXECUTOR: 'docker', RUNNER_IMAGE: 'gone:1' };
    expect(await docker(gone)).toMatchObject({ status: 'warn', remedy: expect.stringContaining('make.sh') });
    expect(await docker({ ...gone, RUNNER_IMAGE_PULL: 'never' })).toMatchObject({ status: 'fail' });
  });

  it('misses an engine only where containers are wanted', async () => {
    const nowhere = { DOCKER_HOST: `unix://${folder}/nowhere.sock` };
    expect(await docker(nowhere)).toMatchObject({ status: 'ok', remedy: null });
    expect(await docker({ ...nowhere, RUNNER_EXECUTOR: 'docker' })).toMatchObject({ status: 'fail' });
  });
});

describe('the doctor on accelerators', () => {
  const none = { RUNNER_NVIDIA_SMI: '/no/such/tool', RUNNER_ROCM_SMI: '/no/such/tool' };

  it('is content without any', async () => {
    expect(await checkGpu(none)).toMatchObject({ status: 'ok' });
  });

  it('misses those that a runner is told to have', async () => {
    expect(await checkGpu({ ...none, RUNNER_ACCELERATORS: 'nvidia' })).toMatchObject({ status: 'fail' });
  });

  it('tells what the tool says', async () => {
    const said = await checkGpu({ ...none, RUNNER_NVIDIA_SMI: 'echo' });
    expect(said.detail).toContain('--query-gpu');
  });
});
