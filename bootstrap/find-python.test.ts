import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@modelwright/testing';
import { describe, expect, test } from 'vitest';
import { findInterpreters } from './find-python.mjs';

interface Planted {
  readonly name: string;
  /** What it says of itself; null for a shim with nothing behind it. */
  readonly says: { readonly version: string; readonly basePrefix?: string; readonly venv?: boolean } | null;
}

/** Looks for interpreters on a PATH that holds just these. */
async function found(planted: readonly Planted[]) {
  await using folder = await temporaryFolder();
  const bin = join(folder.path, 'bin');
  mkdirSync(bin);
  for (const { name, says } of planted) {
    const answer = {
      executable: join(bin, name),
      basePrefix: `/usr/${name}`,
      venv: true,
      learned: false,
      ...says,
    };
    const script =
      says === null ? 'echo "command not found" >&2; exit 127' : `echo '${JSON.stringify(answer)}'`;
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  return findInterpreters({ packages: false }, bin).map(({ version }) => version);
}

describe('the interpreters of a machine', () => {
  test('are tried from 3.13 down, and python3 last', async () => {
    const planted = [
      { name: 'python3', says: { version: '3.14.1' } },
      { name: 'python3.10', says: { version: '3.10.13' } },
      { name: 'python3.12', says: { version: '3.12.1' } },
    ];
    expect(await found(planted)).toEqual(['3.12.1', '3.10.13', '3.14.1']);
  });

  test('do not count shims with nothing behind them, nor what is too old', async () => {
    const planted = [
      { name: 'python3.13', says: null },
      { name: 'python3.11', says: { version: '3.11.7' } },
      { name: 'python3', says: { version: '3.9.2' } },
    ];
    expect(await found(planted)).toEqual(['3.11.7']);
  });

  test('count once under two names', async () => {
    const says = { version: '3.11.7', basePrefix: '/usr' };
    const planted = [
      { name: 'python3.11', says },
      { name: 'python3', says },
    ];
    expect(await found(planted)).toEqual(['3.11.7']);
  });

  test('may be none', async () => {
    expect(await found([])).toEqual([]);
  });
});
