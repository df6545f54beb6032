import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@modelwright/testing';
import { describe, expect, test } from 'vitest';

const exec = join(import.meta.dirname, 'exec.mjs');

async function withScript(source: string, work: (script: string) => Promise<void> | void): Promise<void> {
  await using folder = await temporaryFolder();
  const script = join(folder.path, 'script.mjs');
  writeFileSync(script, source);
  await work(script);
}

describe('a script on Node 24', () => {
  test('gets its arguments and gives its exit code', () =>
    withScript('console.log(process.argv.slice(2).join("|")); process.exitCode = 7;', (script) => {
      const { status, stdout } = spawnSync(process.execPath, [exec, script, 'a b', '--c'], {
        encoding: 'utf8',
      });
      expect(stdout).toBe('a b|--c\n');
      expect(status).toBe(7);
    }));

  test('finds the same Node when it starts `node`', () =>
    withScript(
      'import { execSync } from "node:child_process"; console.log(execSync("node -p process.execPath").toString());',
      (script) => {
        const { stdout } = spawnSync(process.execPath, [exec, script], { encoding: 'utf8' });
        expect(stdout.trim()).toBe(process.execPath);
      },
    ));

  test('is told to end when its starter is', () =>
    withScript(
      'process.on("SIGTERM", () => process.exit(9)); setInterval(() => {}, 1000); console.log("up");',
      async (script) => {
        const child = spawn(process.execPath, [exec, script], { stdio: ['ignore', 'pipe', 'inherit'] });
        await once(child.stdout, 'data');
        child.kill('SIGTERM');
        expect((await once(child, 'exit'))[0]).toBe(9);
      },
    ));

  test('that is missing is named, with exit code 1', () => {
    const { status, stderr } = spawnSync(process.execPath, [exec, 'cli/bin/nothing.js'], {
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stderr).toContain('cli/bin/nothing.js is missing from this checkout');
  });
});
