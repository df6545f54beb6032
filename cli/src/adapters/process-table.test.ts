import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { awaitEnd, identify, isAlive, residentBytes, signalProcess } from './process-table.ts';

async function sleeper() {
  const child = spawn('sleep', ['60']);
  await once(child, 'spawn');
  const identity = await identify(child.pid ?? 0);
  if (identity === null) throw new Error('sleep is not running');
  return { child, identity };
}

describe('a process', () => {
  it('is alive until it is ended, whoever its parent is', async () => {
    const { identity } = await sleeper();
    expect(await isAlive(identity)).toBe(true);
    expect(await signalProcess(identity, 'SIGTERM')).toBe(true);
    expect(await awaitEnd(identity, 5000)).toBe(true);
    expect(await isAlive(identity)).toBe(false);
  });

  it('is never signalled when another has its pid now', async () => {
    const { child, identity } = await sleeper();
    expect(await signalProcess({ ...identity, born: 'another boot:1' }, 'SIGKILL')).toBe(false);
    expect(await isAlive(identity)).toBe(true);
    child.kill();
    await once(child, 'exit');
  });

  it('that does not end in time is told', async () => {
    const { child, identity } = await sleeper();
    expect(await awaitEnd(identity, 0)).toBe(false);
    child.kill();
    await once(child, 'exit');
  });

  it('says how much memory it holds', async () => {
    expect(await residentBytes(process.pid)).toBeGreaterThan(1_000_000);
    expect(await residentBytes(2 ** 30)).toBeNull();
  });

  it('that never was is not known', async () => {
    expect(await identify(2 ** 30)).toBeNull();
  });
});
