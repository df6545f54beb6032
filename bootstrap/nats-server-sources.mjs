// Where a nats-server can be had. Each source resolves to an executable in the given temporary folder, or throws why not.

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { childEnvironment } from './cache.mjs';
import { lastLines, run } from './command.mjs';
import { aptLists } from './debian.mjs';
import { checksum, download, unpack } from './download.mjs';
import { onPath } from './executables.mjs';
import { buildGoProgram } from './go.mjs';
import { NATS_ARCHIVES, platform } from './pinned.mjs';

/**
 * @typedef {{ file: string, from: string }} Obtained
 * @typedef {import('./steps.mjs').Narrator} Narrator
 */

/**
 * The release archive of the project, checked against a pinned checksum before it is unpacked.
 * @param {string} version
 * @param {string} folder
 * @param {Narrator} narrator
 * @returns {Promise<Obtained>}
 */
export async function fromRelease(version, folder, narrator) {
  const sha256 = NATS_ARCHIVES[version]?.[platform];
  if (!sha256) throw new Error(`no release archive of nats-server ${version} is known for ${platform}`);
  const name = `nats-server-v${version}-${platform.replace('x64', 'amd64')}`;
  const url = `https://github.com/nats-io/nats-server/releases/download/v${version}/${name}.tar.gz`;
  narrator.say(`fetching ${url}`);
  const archive = join(folder, 'nats-server.tar.gz');
  try {
    await download(url, archive, narrator.progress);
  } catch (error) {
    throw new Error('the release archive cannot be fetched from github.com', { cause: error });
  }
  if ((await checksum(archive, 'sha256', 'hex')) !== sha256)
    throw new Error(`${url} does not match its checksum`);
  await unpack(archive, `${name}/nats-server`, folder);
  return { file: join(folder, name, 'nats-server'), from: 'release archive' };
}

/**
 * @param {string} version
 * @param {string} folder
 * @param {Narrator} narrator
 * @returns {Promise<Obtained>}
 */
export async function fromGoModule(version, folder, narrator) {
  await buildGoProgram(`github.com/nats-io/nats-server/v2@v${version}`, folder, narrator);
  return { file: join(folder, 'nats-server'), from: 'Go module' };
}

/**
 * Debian's package, unpacked into the cache instead of installed: no root needed, and no server started at boot.
 * apt checks it against the archive's signature.
 * @param {string} _version Debian has the one it has
 * @param {string} folder
 * @param {Narrator} narrator
 * @returns {Promise<Obtained>}
 */
export async function fromDebian(_version, folder, narrator) {
  if (onPath('apt-get').length === 0 || onPath('dpkg-deb').length === 0) {
    throw new Error('this is no Debian or Ubuntu, whose package could be used');
  }
  narrator.say('fetching the nats-server package of this system with apt-get');
  await aptLists('nats-server', narrator);
  const fetched = await run('apt-get', ['download', 'nats-server'], { cwd: folder, env: childEnvironment() });
  const archive = readdirSync(folder).find((name) => name.endsWith('.deb'));
  if (fetched.code !== 0 || !archive)
    throw new Error(`apt-get has no nats-server: ${lastLines(fetched.output, 2)}`);
  const unpacked = join(folder, 'debian');
  const { code, output } = await run('dpkg-deb', ['-x', join(folder, archive), unpacked]);
  if (code !== 0) throw new Error(`dpkg-deb could not unpack ${archive}: ${lastLines(output, 2)}`);
  const file = ['usr/sbin/nats-server', 'usr/bin/nats-server']
    .map((path) => join(unpacked, path))
    .find(existsSync);
  if (!file) throw new Error(`${archive} holds no nats-server`);
  return { file, from: 'Debian package' };
}
