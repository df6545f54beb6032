// Step: a Node that runs TypeScript sources. The running one when it is new enough, else one in the cache.

import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cached, cacheFolder } from './cache.mjs';
import { run } from './command.mjs';
import { checksum, download, inTemporaryFolder, unpack } from './download.mjs';
import { npm } from './npm.mjs';
import { NODE_ARCHIVES, NODE_MAJOR, NODE_PACKAGES, NODE_VERSION, platform } from './pinned.mjs';
import { SetupError } from './setup-error.mjs';

const REMEDY = `install Node ${NODE_MAJOR} or newer (https://nodejs.org/en/download) and put it on the PATH`;

/**
 * The Node to run the sources with, by absolute path.
 * @returns {string | null} null before the set-up
 */
export function nodePath() {
  if (Number.parseInt(process.versions.node, 10) >= NODE_MAJOR) return process.execPath;
  const node = join(home(), 'bin', 'node');
  return existsSync(node) ? node : null;
}

/** @type {import('./steps.mjs').Step} */
export const nodeStep = {
  name: 'node',
  lock() {
    return join(cached('locks'), 'node');
  },
  done() {
    const node = nodePath();
    if (node === null) return null;
    return node === process.execPath
      ? `Node ${process.versions.node} is running`
      : `Node ${NODE_VERSION} is in the cache`;
  },
  async work(narrator) {
    /** @type {string[]} */
    const refusals = [];
    for (const source of [fromNpm, fromNodejs]) {
      try {
        return await inTemporaryFolder((folder) => source(folder, narrator));
      } catch (error) {
        refusals.push(error instanceof Error ? error.message : String(error));
        narrator.say(`not so: ${refusals.at(-1)}`);
      }
    }
    throw new SetupError(`this machine runs Node ${process.versions.node}:\n${refusals.join('\n')}`, REMEDY);
  },
};

function home() {
  return join(cacheFolder(), 'node', `${NODE_VERSION}-${platform}`);
}

/**
 * @param {string} folder
 * @param {import('./steps.mjs').Narrator} narrator
 */
async function fromNpm(folder, narrator) {
  const wanted = NODE_PACKAGES[platform];
  if (!wanted) throw new Error(`npm has no Node ${NODE_VERSION} for ${platform}`);
  narrator.say(`fetching Node ${NODE_VERSION} from npm, since this machine's is ${process.versions.node}`);
  const spec = `${wanted.name}@${NODE_VERSION}`;
  const packed = await npm(
    ['pack', spec, '--ignore-scripts', '--dry-run=false', '--json=false', '--loglevel=error'],
    {
      cwd: folder,
    },
  );
  if (packed.code !== 0) throw new Error(`npm could not fetch ${spec}: ${packed.output.trim()}`);
  const archive = join(folder, `${wanted.name}-${NODE_VERSION}.tgz`);
  if ((await checksum(archive, 'sha512', 'base64')) !== wanted.sha512) {
    throw new Error(`${spec} as npm delivered it does not match its checksum`);
  }
  await unpack(archive, 'package/bin/node', folder);
  return await install(join(folder, 'package'), 'npm');
}

/**
 * @param {string} folder
 * @param {import('./steps.mjs').Narrator} narrator
 */
async function fromNodejs(folder, narrator) {
  const sha256 = NODE_ARCHIVES[platform];
  if (!sha256) throw new Error(`no Node ${NODE_VERSION} is known for ${platform}`);
  const name = `node-v${NODE_VERSION}-${platform}`;
  const url = `https://nodejs.org/dist/v${NODE_VERSION}/${name}.tar.gz`;
  narrator.say(`fetching ${url}`);
  const archive = join(folder, 'node.tar.gz');
  await download(url, archive, narrator.progress);
  if ((await checksum(archive, 'sha256', 'hex')) !== sha256)
    throw new Error(`${url} does not match its checksum`);
  await unpack(archive, `${name}/bin/node`, folder);
  return await install(join(folder, name), 'nodejs.org');
}

/**
 * @param {string} unpacked a folder with bin/node
 * @param {string} source
 */
async function install(unpacked, source) {
  const { code, output } = await run(join(unpacked, 'bin', 'node'), ['--version']);
  if (code !== 0) throw new Error(`the Node from ${source} does not start on this machine: ${output.trim()}`);
  cached('node');
  rmSync(home(), { recursive: true, force: true });
  renameSync(unpacked, home());
  return `Node ${NODE_VERSION} from ${source}`;
}
