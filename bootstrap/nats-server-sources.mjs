// Where a nats-server can be had. Each source resolves to an executable in the given temporary folder, or throws why not.

import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { cached, childEnvironment } from './cache.mjs';
import { lastLines, run } from './command.mjs';
import { aptLists } from './debian.mjs';
import { checksum, download, unpack } from './download.mjs';
import { onPath } from './executables.mjs';
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
 * Builds the Go module; Go itself checks it against the public checksum database. Its caches lie in ours.
 * @param {string} version
 * @param {string} folder
 * @param {Narrator} narrator
 * @returns {Promise<Obtained>}
 */
export async function fromGoModule(version, folder, narrator) {
  const [go] = onPath('go');
  if (!go) throw new Error('Go is not on the PATH');
  const module = `github.com/nats-io/nats-server/v2@v${version}`;
  narrator.say(`building the Go module ${module} (about a minute)`);
  let packages = 0;
  const { code, output } = await run(go, ['install', '-v', module], {
    env: goEnvironment(folder),
    onLine: (line) => {
      packages += 1;
      narrator.progress(`Go has reported ${packages} packages, the last ${line}`);
    },
  });
  if (code !== 0) throw new Error(`Go could not build ${module}: ${lastLines(output, 3)}`);
  return { file: join(folder, 'nats-server'), from: 'Go module' };
}

/**
 * Go keeps caches, settings and counters in the home folder. Caches and counters move into ours; settings stay.
 * @param {string} bin where the program goes
 */
function goEnvironment(bin) {
  const home = cached('go', 'home');
  const settings =
    process.platform === 'darwin'
      ? join(homedir(), 'Library', 'Application Support')
      : process.env['XDG_CONFIG_HOME'] || join(homedir(), '.config');
  return childEnvironment({
    GOENV: process.env['GOENV'] ?? join(settings, 'go', 'env'),
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    GOPATH: cached('go', 'path'),
    GOMODCACHE: cached('go', 'modules'),
    GOCACHE: cached('go', 'build'),
    GOBIN: bin,
    GOFLAGS: '-mod=mod -modcacherw',
    GOWORK: 'off',
    GO111MODULE: 'on',
    CGO_ENABLED: '0',
  });
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
