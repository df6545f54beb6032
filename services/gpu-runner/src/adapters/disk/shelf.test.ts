import { link, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@modelwright/testing';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Shelf } from './shelf.ts';

async function bench(maxBytes: number) {
  const folder = await temporaryFolder();
  let now = 1_000_000;
  const open = () =>
    new Shelf({
      root: join(folder.path, 'shelf'),
      maxBytes,
      kept: z.object({ note: z.string() }),
      clock: () => {
        now += 1000;
        return now;
      },
    });
  const shelf = open();
  return {
    shelf,
    open,
    root: join(folder.path, 'shelf'),
    async user(name: string): Promise<string> {
      const path = join(folder.path, 'jobs', name);
      await mkdir(path, { recursive: true });
      return path;
    },
    async make(name: string, user: string, bytes: number): Promise<void> {
      expect(await shelf.use(name, user)).toBeNull();
      await shelf.begin(name);
      await writeFile(join(shelf.content(name), 'file'), Buffer.alloc(bytes));
      await shelf.finish(name, { note: name });
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}
const names = async (root: string) => (await readdir(root)).filter((name) => !name.startsWith('.')).sort();

describe('shared folders of a host', () => {
  test('are made once, and found by later processes with what their maker remembers', async () => {
    await using place = await bench(1000);
    const user = await place.user('a');
    await place.make('one', user, 10);
    expect(await place.open().use('one', user)).toEqual({ note: 'one' });
  });

  test('are thrown out when they grow too large, the longest unused first', async () => {
    await using place = await bench(250);
    const user = await place.user('a');
    await place.make('first', user, 100);
    await place.make('second', user, 100);
    await place.shelf.use('first', user);
    await rm(user, { recursive: true });
    const other = await place.user('b');
    await place.make('third', other, 100);
    expect(await names(place.root)).toEqual(['first', 'third']);
    expect(await readdir(join(place.root, '.thrown-out'))).toEqual([]);
  });

  test('are never thrown out while the folder of a user is there, also after a restart', async () => {
    await using place = await bench(150);
    await place.make('used', await place.user('a'), 100);
    const again = place.open();
    await again.makeRoom(1000);
    expect(await names(place.root)).toEqual(['used']);
    await rm(await place.user('a'), { recursive: true });
    await again.makeRoom(1000);
    expect(await names(place.root)).toEqual([]);
  });

  test('that a killed process left half made go first, those being made stay', async () => {
    await using place = await bench(150);
    const gone = await place.user('gone');
    await place.shelf.use('half', gone);
    await place.shelf.begin('half');
    await writeFile(join(place.shelf.content('half'), 'file'), Buffer.alloc(100));
    await rm(gone, { recursive: true });
    await place.shelf.use('being-made', await place.user('here'));
    await place.shelf.begin('being-made');
    await place.make('whole', await place.user('b'), 100);
    expect(await names(place.root)).toEqual(['being-made', 'whole']);
  });

  test('are made again when what is known of them cannot be read', async () => {
    await using place = await bench(1000);
    const user = await place.user('a');
    await place.make('one', user, 10);
    await writeFile(join(place.root, 'one', 'ready.json'), '{"bytes": "many"}');
    expect(await place.open().use('one', user)).toBeNull();
  });

  test('count a file with several names once', async () => {
    await using place = await bench(150);
    const user = await place.user('a');
    await place.shelf.use('linked', user);
    await place.shelf.begin('linked');
    const file = join(place.shelf.content('linked'), 'file');
    await writeFile(file, Buffer.alloc(100));
    await link(file, `${file}-again`);
    await place.shelf.finish('linked', { note: '' });
    await rm(user, { recursive: true });
    await place.shelf.makeRoom(50);
    expect(await names(place.root)).toEqual(['linked']);
  });
});
