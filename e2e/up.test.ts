/** The services of one laptop, started and stopped as a person would. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { COMMAND, Laptop } from './support/modelwright.ts';

const row = z.object({ service: z.string(), name: z.string(), state: z.string(), pid: z.int() });

async function rows(laptop: Laptop) {
  const lines = (await laptop.must('ps', '--json')).trim();
  return lines === '' ? [] : lines.split('\n').map((line) => row.parse(JSON.parse(line)));
}

describe('a laptop', () => {
  it('comes up, says how it is, mends what died, and goes down', async () => {
    await using laptop = await Laptop.open();
    await laptop.must('up', '--coders', '2', '--slots', '1');
    const before = await rows(laptop);
    expect(before.map(({ name, state }) => [name.split(' ')[0], state])).toEqual([
      ['nats-server', 'running'],
      ['manager-1', 'ready'],
      ['designer-1', 'ready'],
      ['coder-1', 'ready'],
      ['coder-2', 'ready'],
      ['tuner-1', 'ready'],
      ['gpu-runner-1', 'ready'],
    ]);
    expect(await laptop.must('up')).toMatch(/^already running: manager-1, designer-1, coder-1, coder-2/);
    const victim = before.find(({ name }) => name === 'coder-2');
    if (victim === undefined) throw new Error('there is no second coder');
    process.kill(victim.pid, 'SIGKILL');
    await expect.poll(() => rows(laptop), { timeout: 20_000 }).toContainEqual({ ...victim, state: 'dead' });
    expect(await laptop.must('up')).toContain('ready: coder-2');
    expect(await laptop.must('down')).toMatch(/^stopped: .*nats-server\n$/);
    expect(await rows(laptop)).toEqual([]);
  });

  it('stays in the foreground until it is told to leave, and leaves nothing behind', async () => {
    await using laptop = await Laptop.open();
    const child = spawn(process.execPath, [COMMAND, 'up', '--foreground'], {
      cwd: laptop.folder,
      env: { ...process.env, NATS_URL: '', MODELWRIGHT_HOME: laptop.home },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const ended = once(child, 'close');
    let said = '';
    child.stdout.on('data', (text) => {
      said += text;
    });
    await expect.poll(() => said, { timeout: 60_000 }).toMatch(/^ready: /m);
    child.kill('SIGTERM');
    expect((await ended)[0]).toBe(0);
    expect(await rows(laptop)).toEqual([]);
  });
});
