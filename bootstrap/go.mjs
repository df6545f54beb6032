// Programs from Go modules, built here. Go itself checks them against the public checksum database.

import { homedir } from 'node:os';
import { join } from 'node:path';
import { cached, childEnvironment } from './cache.mjs';
import { lastLines, run } from './command.mjs';
import { onPath } from './executables.mjs';

/** @typedef {import('./steps.mjs').Narrator} Narrator */

/**
 * Builds a module's program into a folder; throws why not.
 * @param {string} module with its version, such as `example.org/program/cmd@v1.2.3`
 * @param {string} folder
 * @param {Narrator} narrator
 */
export async function buildGoProgram(module, folder, narrator) {
  const [go] = onPath('go');
  if (!go) throw new Error('Go is not on the PATH');
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
