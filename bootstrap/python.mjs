// Step: the Python environment of harness and recipes, in the cache, keyed by its requirements and its Python.
// It is built in place (an environment cannot be moved); environment.json, written last, says that it is whole.

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { cached, childEnvironment, contentKey, writeJson } from './cache.mjs';
import { lastLines, run } from './command.mjs';
import { aptInstall, canInstallPackages } from './debian.mjs';
import {
  findInterpreters,
  findPython,
  pointerFile,
  requirementsFile,
  requirementsKey,
} from './find-python.mjs';
import { PYTHON_OLDEST, platform } from './pinned.mjs';
import { SetupError } from './setup-error.mjs';

/**
 * @typedef {import('./find-python.mjs').Interpreter} Interpreter
 * @typedef {import('./find-python.mjs').PythonEnvironment} PythonEnvironment
 * @typedef {import('./steps.mjs').Narrator} Narrator
 */

const REMEDY =
  `install Python ${PYTHON_OLDEST} or newer with its venv module (Debian, Ubuntu: apt-get install python3-venv) ` +
  'and see that pip reaches PyPI; without PyPI: apt-get install python3-sklearn python3-pandas python3-pil';

/** @type {import('./steps.mjs').Step} */
export const pythonStep = {
  name: 'python',
  lock() {
    return join(cached('locks'), 'python');
  },
  done() {
    const environment = findPython();
    return environment === null ? null : inWords(environment);
  },
  async work(narrator) {
    const fromPypi = await tryPypi(narrator);
    if (typeof fromPypi !== 'string') return inWords(fromPypi);
    narrator.say(`not from PyPI: ${fromPypi}`);
    const fromSystem = await trySystem(narrator);
    if (typeof fromSystem !== 'string') return inWords(fromSystem);
    throw new SetupError(`no Python environment:\n${fromPypi}\n${fromSystem}`, REMEDY);
  },
};

/**
 * @param {PythonEnvironment} environment
 */
function inWords({ version, packages, source }) {
  const from = source === 'pypi' ? 'PyPI' : "the system's packages, since PyPI did not answer";
  return `Python ${version} with scikit-learn ${packages['scikit-learn']} and pandas ${packages['pandas']} from ${from}`;
}

/**
 * @param {Narrator} narrator
 * @returns {Promise<PythonEnvironment | string>} or why not
 */
async function tryPypi(narrator) {
  const able = () => findInterpreters({ packages: false }).find(({ venv }) => venv);
  let python = able();
  if (!python && canInstallPackages()) {
    await aptInstall(['python3-venv'], narrator);
    python = able();
  }
  if (!python)
    return `no Python ${PYTHON_OLDEST} or newer that can make a virtual environment is on the PATH`;
  narrator.say(
    `making an environment on Python ${python.version} (${python.executable}), packages from PyPI`,
  );
  const made = await makeEnvironment(python, 'pypi');
  const { code, output } = await run(made.python, pipInstall(), {
    env: pipEnvironment(),
    onLine: narrator.progress,
  });
  if (code === 0) return await finish(made, 'pypi');
  if (output.includes('DO NOT MATCH THE HASHES')) {
    throw new SetupError(
      `what pip was sent does not match bootstrap/python/requirements.txt:\n${lastLines(output)}`,
      'find out who answers in the name of PyPI here (pip config list), then run the set-up again',
    );
  }
  return `pip could not install the requirements: ${lastLines(output, 2)}`;
}

/**
 * @param {Narrator} narrator
 * @returns {Promise<PythonEnvironment | string>} or why not
 */
async function trySystem(narrator) {
  const able = () => findInterpreters({ packages: true }).find(({ learned }) => learned);
  let python = able();
  if (!python && canInstallPackages()) {
    try {
      await aptInstall(['python3-sklearn', 'python3-pandas', 'python3-pil'], narrator);
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
    python = able();
  }
  if (!python) return 'no Python on the PATH has scikit-learn 1.2 and pandas 1.5 or newer of its own';
  narrator.say(
    `making an environment on Python ${python.version} (${python.executable}) with the system's packages`,
  );
  return await finish(await makeEnvironment(python, 'system'), 'system');
}

/**
 * @param {Interpreter} python
 * @param {PythonEnvironment['source']} source
 */
async function makeEnvironment(python, source) {
  const key = contentKey([requirementsKey(), python.version, python.basePrefix, platform, source].join('\n'));
  const prefix = join(cached('python'), key);
  rmSync(prefix, { recursive: true, force: true });
  const kind = source === 'pypi' ? [] : ['--system-site-packages', '--without-pip'];
  const { code, output } = await run(python.executable, ['-m', 'venv', ...kind, prefix], {
    env: pipEnvironment(),
  });
  if (code !== 0) throw new SetupError(`Python made no environment:\n${lastLines(output)}`, REMEDY);
  return { key, prefix, python: join(prefix, 'bin', 'python') };
}

function pipInstall() {
  const quiet = ['--no-input', '--disable-pip-version-check', '--progress-bar', 'off', '--retries', '2'];
  const strict = ['--require-hashes', '--only-binary', ':all:', '--no-user'];
  return ['-m', 'pip', 'install', ...quiet, ...strict, '--cache-dir', cached('pip'), '-r', requirementsFile];
}

/** A person's index and proxy settings hold; what would install elsewhere does not. */
function pipEnvironment() {
  const env = childEnvironment({ PYTHONNOUSERSITE: '1' });
  for (const name of [
    'PYTHONPATH',
    'PYTHONHOME',
    'PIP_TARGET',
    'PIP_PREFIX',
    'PIP_ROOT',
    'PIP_USER',
    'VIRTUAL_ENV',
  ]) {
    env[name] = undefined;
  }
  return env;
}

const DESCRIBE = `
import json, sys
import numpy, pandas, scipy, sklearn
print(json.dumps({'version': '%d.%d.%d' % sys.version_info[:3], 'basePrefix': sys.base_prefix, 'packages': {
    'numpy': numpy.__version__, 'scipy': scipy.__version__,
    'scikit-learn': sklearn.__version__, 'pandas': pandas.__version__}}))`;

/**
 * Proves that the environment works, and records it.
 * @param {{ key: string, prefix: string, python: string }} made
 * @param {PythonEnvironment['source']} source
 * @returns {Promise<PythonEnvironment>}
 */
async function finish(made, source) {
  const { code, output } = await run(made.python, ['-c', DESCRIBE], { env: pipEnvironment() });
  if (code !== 0) {
    throw new SetupError(
      `the new environment does not work:\n${lastLines(output)}`,
      `rm -r ${made.prefix}, then again`,
    );
  }
  const described = JSON.parse(output.slice(output.indexOf('{')));
  /** @type {PythonEnvironment} */
  const environment = { python: made.python, prefix: made.prefix, source, ...described };
  writeJson(join(made.prefix, 'environment.json'), environment);
  writeJson(pointerFile(requirementsKey()), { environment: made.key });
  return environment;
}
