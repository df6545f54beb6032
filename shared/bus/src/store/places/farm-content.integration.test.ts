import { mkdir, readdir, rename, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describeOnNatsServers, type TemporaryFolder, temporaryFolder } from '@modelwright/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Bus } from '../../bus.ts';
import { type BusOnServer, busOnServer } from '../../testing/bus-on-server.ts';
import { contentPlace } from './content-place.ts';

const SCALE = { scale: 0.05 };

describeOnNatsServers('where a farm keeps its content', (server) => {
  let stage: BusOnServer;
  let folder: TemporaryFolder;
  const at = (...parts: string[]) => join(folder.path, ...parts);
  const told = (path: string) => ({ content: contentPlace.parse(`folder:${path}`) });
  /** A manager, as its environment tells it. */
  const declaring = async (path: string) => {
    const bus = await stage.open(told(path));
    return { bus, changes: await bus.applyTopology(SCALE) };
  };
  const putText = (bus: Bus, text: string) => bus.store.putBytes('artifacts', Buffer.from(text));
  const getText = async (bus: Bus, ref: Awaited<ReturnType<typeof putText>>) =>
    Buffer.from(await bus.store.getBytes(ref)).toString();

  beforeEach(async () => {
    folder = await temporaryFolder();
    await mkdir(at('shared'));
    stage = await busOnServer(server);
  });
  afterEach(async () => {
    await stage[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  it('is NATS, as long as nobody says otherwise', async () => {
    expect(await stage.bus.contentPlace()).toBe('nats:');
  });

  it('is said once, and followed by those who were told nothing', async () => {
    const { changes } = await declaring(at('shared'));
    expect(changes).toEqual([`content is kept in folder:${at('shared')}`]);
    const follower = await stage.open();
    expect(await follower.contentPlace()).toBe(`folder:${at('shared')}`);
    const { sha256 } = await putText(follower, 'kept');
    expect(await readdir(at('shared', 'artifacts', sha256.slice(0, 2)))).toEqual([sha256]);
  });

  it('is read by all after a move out of NATS, old and new', async () => {
    const old = await putText(stage.bus, 'before');
    const { bus: manager } = await declaring(at('shared'));
    const recent = await putText(manager, 'after');
    expect(await getText(manager, old)).toBe('before');
    // This one had looked before the farm was moved.
    expect(await getText(stage.bus, recent)).toBe('after');
  });

  it('may have another name on another host', async () => {
    const { bus: manager } = await declaring(at('shared'));
    const ref = await putText(manager, 'kept');
    await symlink(at('shared'), at('mounted-elsewhere'));
    const runner = await stage.open(told(at('mounted-elsewhere')));
    expect(await getText(runner, ref)).toBe('kept');
    expect(await stage.open().then((bus) => bus.contentPlace())).toBe(`folder:${at('shared')}`);
  });

  it('is not taken for an empty folder where nothing is mounted', async () => {
    await declaring(at('shared'));
    await mkdir(at('empty'));
    const runner = await stage.open(told(at('empty')));
    await expect(putText(runner, 'lost')).rejects.toMatchObject({ kind: 'store-away', retryable: true });
    expect(await readdir(at('empty'))).toEqual([]);
  });

  it('is waited for while it is away, and used again when it is back', async () => {
    const { bus } = await declaring(at('shared'));
    const ref = await putText(bus, 'kept');
    await rename(at('shared'), at('unmounted'));
    await expect(putText(bus, 'later')).rejects.toMatchObject({ kind: 'store-away', retryable: true });
    const late = await stage.open();
    await expect(late.contentPlace()).rejects.toMatchObject({ kind: 'store-away' });
    await rename(at('unmounted'), at('shared'));
    expect(await getText(late, ref)).toBe('kept');
  });

  it('does not move by itself to another place, nor back', async () => {
    await declaring(at('shared'));
    await mkdir(at('another'));
    await expect(declaring(at('another'))).rejects.toMatchObject({ kind: 'content-elsewhere' });
    const back = await stage.open({ content: contentPlace.parse('nats:') });
    await expect(back.applyTopology(SCALE)).rejects.toMatchObject({
      kind: 'content-elsewhere',
      message: expect.stringContaining(`folder:${at('shared')}`),
    });
    await expect(back.contentPlace()).rejects.toMatchObject({ kind: 'content-elsewhere' });
    expect((await declaring(at('shared'))).changes).toEqual([]);
  });

  it('can be said for some stores alone, and hidden labels stay in NATS', async () => {
    const content = contentPlace.parse(`folder:${at('shared')}?stores=datasets`);
    const bus = await stage.open({ content });
    await bus.applyTopology(SCALE);
    for (const store of ['datasets', 'artifacts', 'truth'] as const) {
      const ref = await bus.store.putBytes(store, Buffer.from(store));
      expect(Buffer.from(await bus.store.getBytes(ref)).toString()).toBe(store);
    }
    expect((await readdir(at('shared'))).sort()).toEqual(['datasets', 'modelwright-content.json']);
  });

  it('can be widened to more stores: what was written elsewhere before is found', async () => {
    const some = await stage.open({ content: contentPlace.parse(`folder:${at('shared')}?stores=datasets`) });
    await some.applyTopology(SCALE);
    const ref = await putText(some, 'in NATS');
    const { bus } = await declaring(at('shared'));
    expect(await getText(bus, ref)).toBe('in NATS');
  });
});
