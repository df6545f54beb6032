// Which Pythons this machine has, and which environment of ours serves the recipes.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, contentKey, project, readJson } from './cache.mjs';
import { onPath } from './executables.mjs';
import { PYTHON_OLDEST } from './pinned.mjs';
import { compareVersions } from './versions.mjs';

/**
 * An interpreter of the machine.
 * @typedef {object} Interpreter
 * @property {string} executable absolute
 * @property {string} version such as `3.11.7`
 * @property {string} basePrefix
 * @property {boolean} venv whether it can make a virtual environment with pip in it
 * @property {boolean} learned whether it has scikit-learn and pandas itself
 */

/**
 * The environment in which harness and recipes run.
 * @typedef {object} PythonEnvironment
 * @property {string} python the interpreter to start, absolute
 * @property {string} prefix the environment's folder
 * @property {string} basePrefix the installation that it stands on; a sandbox needs both
 * @property {string} version such as `3.11.7`
 * @property {'pypi' | 'system'} source `system`: the system's packages, since PyPI did not answer
 * @property {Record<string, string>} packages versions of numpy, scipy, scikit-learn, pandas
 */

/** Tried in this order. */
export const PYTHON_NAMES = ['python3.13', 'python3.12', 'python3.11', 'python3.10', 'python3'];

export const requirementsFile = join(project, 'bootstrap', 'python', 'requirements.txt');

/** Oldest versions of the system's packages that harness and recipes run on. */
const PROBE = `
import importlib.util as u, json, sys
def learned():
    try:
        import numpy, pandas, scipy, sklearn
    except Exception:
        return False
    number = lambda v: tuple(int(p) for p in v.split('.')[:2])
    return number(sklearn.__version__) >= (1, 2) and number(pandas.__version__) >= (1, 5)
print(json.dumps({
    'executable': sys.executable, 'version': '%d.%d.%d' % sys.version_info[:3], 'basePrefix': sys.base_prefix,
    'venv': bool(u.find_spec('venv') and u.find_spec('ensurepip')),
    'learned': sys.argv[1] == 'packages' and learned(),
}))`;

/**
 * The interpreters of the machine that are new enough, in the order of preference.
 * @param {{ packages: boolean }} look `packages` also finds out which have scikit-learn and pandas (takes a second each)
 * @param {string} [path] the PATH to search
 * @returns {Interpreter[]}
 */
export function findInterpreters(look, path) {
  /** @type {Map<string, Interpreter>} */
  const found = new Map();
  for (const file of PYTHON_NAMES.flatMap((name) => onPath(name, path))) {
    if (process.platform === 'darwin' && file === '/usr/bin/python3') continue; // opens a dialogue, and is too old
    const { status, stdout } = spawnSync(file, ['-c', PROBE, look.packages ? 'packages' : ''], {
      encoding: 'utf8',
      timeout: 60_000,
    });
    const interpreter = status === 0 ? parseInterpreter(stdout) : null; // a shim of pyenv may have nothing behind it
    if (interpreter === null || compareVersions(interpreter.version, PYTHON_OLDEST) < 0) continue;
    const identity = `${interpreter.version} ${interpreter.basePrefix}`;
    if (!found.has(identity)) found.set(identity, interpreter);
  }
  return [...found.values()];
}

/**
 * @param {string} text
 * @returns {Interpreter | null}
 */
function parseInterpreter(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Which requirements.txt this is. */
export function requirementsKey() {
  return contentKey(readFileSync(requirementsFile));
}

/**
 * @param {string} requirements
 * @returns {string} the file that says which environment serves these requirements
 */
export function pointerFile(requirements) {
  return join(cacheFolder(), 'python', `${requirements}.json`);
}

/**
 * The environment for harness and recipes.
 * @returns {PythonEnvironment | null} null before the set-up, or when the Python under it was removed
 */
export function findPython() {
  const pointer = readJson(pointerFile(requirementsKey()));
  if (typeof pointer !== 'object' || pointer === null || !('environment' in pointer)) return null;
  const file = join(cacheFolder(), 'python', String(pointer.environment), 'environment.json');
  const environment = parseEnvironment(readJson(file));
  return environment !== null && existsSync(environment.python) ? environment : null;
}

/**
 * @param {any} value
 * @returns {PythonEnvironment | null}
 */
function parseEnvironment(value) {
  return typeof value?.python === 'string' ? value : null;
}
