// What a runner could do on this machine: containers and accelerators.

import { request } from 'node:http';
import { run } from './command.mjs';

/** @typedef {import('./doctor.mjs').Check} Check */

const USUAL_ENGINE = 'unix:///var/run/docker.sock';
const USUAL_IMAGE = 'modelwright/base:local';
const PATIENCE_MS = 3000;

/**
 * Without `RUNNER_EXECUTOR=docker` nothing is missing: programs are contained as processes.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<Check>}
 */
export async function checkDocker(env = process.env) {
  const name = 'docker';
  const wanted = env['RUNNER_EXECUTOR'] === 'docker';
  const host = env['RUNNER_DOCKER_HOST'] ?? env['DOCKER_HOST'] ?? USUAL_ENGINE;
  const image = env['RUNNER_IMAGE'] ?? USUAL_IMAGE;
  const socket = host.startsWith('unix://') ? host.slice('unix://'.length) : null;
  const engine = socket === null ? null : await ask(socket, '/info');
  if (socket === null || engine === null) {
    if (!wanted) return { name, status: 'ok', detail: 'no engine; programs run as processes', remedy: null };
    const remedy = 'start an engine (apt-get install docker.io), or leave RUNNER_EXECUTOR away';
    return { name, status: 'fail', detail: `no engine answers at ${host}`, remedy };
  }
  const detail = `engine ${engine['ServerVersion']} with ${Object.keys(Object(engine['Runtimes'])).join(', ')}`;
  if ((await ask(socket, `/images/${image}/json`)) === null)
    return withoutImage({ detail, image, wanted, env });
  const use = wanted ? 'programs run in' : 'RUNNER_EXECUTOR=docker would run programs in';
  return { name, status: 'ok', detail: `${detail}; ${use} ${image}`, remedy: null };
}

/**
 * @param {{ detail: string, image: string, wanted: boolean, env: NodeJS.ProcessEnv }} found
 * @returns {Check}
 */
function withoutImage({ detail, image, wanted, env }) {
  const name = 'docker';
  if (!wanted) return { name, status: 'ok', detail: `${detail}; no ${image}`, remedy: null };
  const remedy = 'deploy/images/base/make.sh makes one without a registry; RUNNER_IMAGE names another';
  const status = env['RUNNER_IMAGE_PULL'] === 'never' ? 'fail' : 'warn';
  return { name, status, detail: `${detail}; no ${image}`, remedy };
}

/**
 * What the engine answers; null where none does, or it has no such thing.
 * @param {string} socketPath
 * @param {string} path
 * @returns {Promise<Record<string, unknown> | null>}
 */
function ask(socketPath, path) {
  return new Promise((resolve) => {
    const asked = request({ socketPath, path, timeout: PATIENCE_MS }, async (response) => {
      const body = (await response.toArray()).join('');
      resolve(response.statusCode === 200 ? JSON.parse(body) : null);
    });
    asked.once('timeout', () => asked.destroy());
    asked.once('error', () => resolve(null));
    asked.end();
  });
}

/**
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<Check>}
 */
export async function checkGpu(env = process.env) {
  const name = 'gpu';
  const found = [...(await nvidia(env)), ...(await amd(env))];
  if (found.length > 0) return { name, status: 'ok', detail: found.join('; '), remedy: null };
  const wanted = env['RUNNER_ACCELERATORS'];
  if (wanted !== 'nvidia' && wanted !== 'rocm')
    return { name, status: 'ok', detail: 'none; training runs on the CPU', remedy: null };
  const remedy = 'install the driver with its tool, or leave RUNNER_ACCELERATORS away';
  return { name, status: 'fail', detail: `RUNNER_ACCELERATORS is ${wanted}, and none is found`, remedy };
}

/** @param {NodeJS.ProcessEnv} env */
async function nvidia(env) {
  const { code, output } = await run(env['RUNNER_NVIDIA_SMI'] ?? 'nvidia-smi', [
    '--query-gpu=name,memory.total,driver_version',
    '--format=csv,noheader',
  ]);
  return code === 0 ? lines(output) : [];
}

/** @param {NodeJS.ProcessEnv} env */
async function amd(env) {
  const { code, output } = await run(env['RUNNER_ROCM_SMI'] ?? 'rocm-smi', ['--showproductname', '--csv']);
  return code === 0 ? lines(output).slice(1) : [];
}

/** @param {string} text */
const lines = (text) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
