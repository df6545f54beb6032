/** Downloads from a real server whose connections break. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@modelwright/testing';
import { expect, test } from 'vitest';
import { downloadsIn } from '../../testing/asset-bench.ts';
import { commitOf, sha256Of, startTestHub } from '../../testing/hub-server.ts';
import type { Expected, Wanted } from './downloads.ts';

const CONTENT = 'weights '.repeat(1000);
const HASH = sha256Of(CONTENT);
const EXPECTED: Expected = { bytes: CONTENT.length, hash: { kind: 'sha256', value: HASH } };

async function bench() {
  const [folder, hub] = [await temporaryFolder(), await startTestHub()];
  hub.repositories.set('a/b', { commit: commitOf('1'), licence: null, files: { 'w.bin': CONTENT } });
  await mkdir(join(folder.path, 'target'));
  const root = join(folder.path, 'parts');
  return {
    hub,
    root,
    target: join(folder.path, 'target', 'w.bin'),
    wanted: (expected: Partial<Expected> = {}, path = 'a/b/w.bin'): Wanted => ({
      url: `${hub.contentUrl}/${path}`,
      name: 'the weights',
      headers: {},
      expected: { ...EXPECTED, ...expected },
      maxBytes: 1_000_000,
    }),
    start: () => downloadsIn(root),
    async [Symbol.asyncDispose]() {
      await hub.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

test('a connection that breaks again and again is taken up where it broke', async () => {
  await using place = await bench();
  const content = 'large weights '.repeat(500_000);
  place.hub.repositories.set('a/c', { commit: commitOf('1'), licence: null, files: { 'w.bin': content } });
  place.hub.cuts.push(4_000_000, 2_000_000);
  const wanted = place.wanted(
    { bytes: content.length, hash: { kind: 'sha256', value: sha256Of(content) } },
    'a/c/w.bin',
  );
  await place.start().fetch(wanted, place.target);
  expect(sha256Of(await readFile(place.target, 'utf8'))).toBe(sha256Of(content));
  const starts = place.hub.visits.map(({ range }) => Number(/\d+/.exec(range ?? '')?.[0] ?? 0));
  expect(starts).toHaveLength(3);
  // What was on its way when a connection broke may be lost with it, nothing that had arrived.
  expect(starts[1]).toBeGreaterThan(1_000_000);
  expect(starts[2]).toBeGreaterThan(starts[1] ?? 0);
  expect(await readdir(place.root)).toEqual([]);
});

test('what a killed runner had fetched is not fetched again', async () => {
  await using place = await bench();
  await mkdir(place.root);
  await writeFile(join(place.root, HASH), CONTENT.slice(0, 4000));
  await place.start().fetch(place.wanted(), place.target);
  expect(place.hub.visits.map(({ range }) => range)).toEqual(['bytes=4000-']);
});

test('what an earlier try left of something else is given up', async () => {
  await using place = await bench();
  await mkdir(place.root);
  await writeFile(join(place.root, HASH), 'x'.repeat(4000));
  await place.start().fetch(place.wanted(), place.target);
  expect(await readFile(place.target, 'utf8')).toBe(CONTENT);
  expect(place.hub.visits.map(({ range }) => range)).toEqual(['bytes=4000-', null]);
});

test('what has another hash is refused and leaves nothing', async () => {
  await using place = await bench();
  place.hub.lies.set('w.bin', 'W'.repeat(CONTENT.length));
  const fetching = place.start().fetch(place.wanted(), place.target);
  await expect(fetching).rejects.toMatchObject({
    passing: false,
    message: expect.stringContaining('its sha256 is'),
  });
  expect([await readdir(place.root), await readdir(join(place.target, '..'))]).toEqual([[], []]);
});

test('what is longer than told is cut off and refused', async () => {
  await using place = await bench();
  place.hub.lies.set('w.bin', CONTENT.repeat(2));
  const fetching = place.start().fetch(place.wanted(), place.target);
  await expect(fetching).rejects.toMatchObject({
    passing: false,
    message: expect.stringContaining('more than 8000 bytes'),
  });
});

test('what is longer than this host takes is refused where nobody told its size', async () => {
  await using place = await bench();
  const wanted = { ...place.wanted({ bytes: null }), maxBytes: 100 };
  await expect(place.start().fetch(wanted, place.target)).rejects.toThrow('more than 100 bytes');
});

test('a server that brings nothing is given up after some tries, for now', async () => {
  await using place = await bench();
  place.hub.cuts.push(0, 0, 0, 0, 0);
  const fetching = place.start().fetch(place.wanted(), place.target);
  await expect(fetching).rejects.toMatchObject({
    passing: true,
    message: expect.stringContaining('could not be fetched'),
  });
});

test('a file that is not there is refused for good', async () => {
  await using place = await bench();
  const fetching = place.start().fetch(place.wanted({}, 'a/b/none'), place.target);
  await expect(fetching).rejects.toMatchObject({
    passing: false,
    message: expect.stringContaining('no such file'),
  });
});

test('two who want the same file fetch it one after the other', async () => {
  await using place = await bench();
  const downloads = place.start();
  await Promise.all([
    downloads.fetch(place.wanted(), place.target),
    downloads.fetch(place.wanted(), `${place.target}-2`),
  ]);
  expect(await readFile(`${place.target}-2`, 'utf8')).toBe(CONTENT);
});
