/** Assets from a hub, a URL and the site's folder, over real connections. */
import { mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AssetRequest } from '@modelwright/contracts';
import { expect, test } from 'vitest';
import { assetBench } from '../../testing/asset-bench.ts';
import { commitOf, sha256Of, TOKEN } from '../../testing/hub-server.ts';

const WEIGHTS = 'weights '.repeat(1000);
const ONE = commitOf('one');
const REPOSITORY = {
  commit: ONE,
  licence: 'apache-2.0',
  files: { 'config.json': '{"layers": 3}', 'model.safetensors': WEIGHTS, 'onnx/model.onnx': 'other' },
};
const fromHub = (source: Partial<Extract<AssetRequest['source'], { kind: 'hub' }>> = {}): AssetRequest => ({
  name: 'backbone',
  source: { kind: 'hub', repository: 'timm/tiny', revision: 'main', files: [], ...source },
});
const filesIn = async (folder: string) => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
};
const downloads = (visits: readonly { path: string }[]) =>
  visits.filter(({ path }) => !path.startsWith('/api'));

test('a repository of a hub lies under its name and where the hub’s own client looks for it', async () => {
  await using bench = await assetBench();
  bench.hub.repositories.set('timm/tiny', REPOSITORY);
  const result = await bench.give(bench.host('a'), 'j', [fromHub({ files: ['*.json', 'model.*'] })]);
  const record = { name: 'backbone', source: `hub:timm/tiny@main (${ONE})`, licence: 'apache-2.0' };
  expect(result).toMatchObject({ kind: 'ready', records: [{ ...record, bytes: WEIGHTS.length + 13 }] });
  const assets = join(await bench.job('j'), 'assets');
  const kept = '.hub/hub/models--timm--tiny';
  expect(await filesIn(assets)).toEqual([
    `${kept}/refs/main`,
    `${kept}/snapshots/${ONE}/config.json`,
    `${kept}/snapshots/${ONE}/model.safetensors`,
    'backbone/config.json',
    'backbone/model.safetensors',
  ]);
  expect(await readFile(join(assets, kept, 'refs/main'), 'utf8')).toBe(ONE);
  expect(await readFile(join(assets, 'backbone/model.safetensors'), 'utf8')).toBe(WEIGHTS);
});

test('the same content is fetched once a host, and the same manifest names it', async () => {
  await using bench = await assetBench();
  bench.hub.repositories.set('timm/tiny', REPOSITORY);
  const host = bench.host('a');
  const [first, second] = await Promise.all([
    bench.give(host, 'j', [fromHub()]),
    bench.give(host, 'k', [fromHub({ revision: ONE })], 'another-run'),
  ]);
  expect(downloads(bench.hub.visits.filter(({ host: by }) => by === 'hub'))).toHaveLength(3);
  const shas = [first, second].map((one) => (one.kind === 'ready' ? one.records[0]?.sha256 : one.reason));
  expect(shas[0]).toBe(shas[1]);
  expect(await bench.give(bench.host('a'), 'again', [fromHub()])).toEqual(first);
  expect(downloads(bench.hub.visits.filter(({ host: by }) => by === 'hub'))).toHaveLength(3);
});

test('all jobs of a run get the same commit, on all hosts, however the branch moves', async () => {
  await using bench = await assetBench();
  bench.hub.repositories.set('timm/tiny', { ...REPOSITORY });
  await bench.give(bench.host('a'), 'j', [fromHub()]);
  const two = commitOf('two');
  bench.hub.repositories.set('timm/tiny', { ...REPOSITORY, commit: two, files: { 'config.json': '{}' } });
  const commit = async (host: string, run: string) => {
    const result = await bench.give(bench.host(host), `${host}-${run}`, [fromHub()], run);
    return result.kind === 'ready' ? result.records[0]?.source : result.reason;
  };
  expect(await commit('a', 'run')).toContain(ONE);
  expect(await commit('a', 'next-run')).toContain(two);
  // That host would have to fetch files of a commit that the hub has no more.
  expect(await commit('b', 'run')).toContain('no such file');
});

test('a hub that does not answer is no reason to do without what this host has', async () => {
  await using bench = await assetBench();
  bench.hub.repositories.set('timm/tiny', REPOSITORY);
  const known = await bench.give(bench.host('a'), 'j', [fromHub()]);
  await bench.hub.close();
  expect(await bench.give(bench.host('a'), 'k', [fromHub()], 'later-run')).toEqual(known);
  const unknown = await bench.give(bench.host('b'), 'l', [fromHub()], 'later-run-2');
  expect(unknown).toMatchObject({ passing: true, reason: expect.stringContaining('does not answer') });
});

test('a token goes to the hub, and not to where the hub sends for its files', async () => {
  await using bench = await assetBench();
  bench.hub.repositories.set('timm/tiny', { ...REPOSITORY, needsToken: true });
  const refused = await bench.give(bench.host('a'), 'j', [fromHub()]);
  expect(refused).toMatchObject({ passing: false, reason: expect.stringContaining('RUNNER_HUB_TOKEN_FILE') });
  const tokenFile = join(bench.path, 'token');
  await writeFile(tokenFile, `${TOKEN}\n`);
  bench.hub.visits.length = 0;
  const result = await bench.give(bench.host('b', { tokenFile }), 'j', [fromHub()]);
  expect(result.kind).toBe('ready');
  const told = (host: string) =>
    new Set(bench.hub.visits.filter((v) => v.host === host).map((v) => v.authorization));
  expect(told('hub')).toEqual(new Set([`Bearer ${TOKEN}`]));
  expect(told('content')).toEqual(new Set([null]));
  for (const file of await filesIn(await bench.job('j'))) {
    expect(await readFile(join(await bench.job('j'), file), 'utf8')).not.toContain(TOKEN);
  }
});

test('a small file that is not what the commit has is refused', async () => {
  await using bench = await assetBench();
  bench.hub.repositories.set('timm/tiny', REPOSITORY);
  bench.hub.lies.set('config.json', '{"layers": 4}');
  const refused = await bench.give(bench.host('a'), 'j', [fromHub()]);
  expect(refused).toMatchObject({ passing: false, reason: expect.stringContaining('its git hash is') });
});

test('what the host’s operator has not listed is refused, with what to do', async () => {
  await using bench = await assetBench();
  const refused = await bench.give(bench.host('a', { allow: ['hub:other/*'] }), 'j', [fromHub()]);
  expect(refused).toMatchObject({
    passing: false,
    reason: expect.stringMatching(/hub:timm\/tiny@main is not in the list.*RUNNER_ASSETS_ALLOW/),
  });
  const off = await bench.give(bench.host('a', { mode: 'off' }), 'j', [fromHub()]);
  expect(off).toMatchObject({ reason: expect.stringContaining('RUNNER_ASSETS=off') });
  expect(bench.hub.visits).toEqual([]);
});

test('what is larger than the host keeps is refused before it is fetched', async () => {
  await using bench = await assetBench();
  bench.hub.repositories.set('timm/tiny', REPOSITORY);
  const refused = await bench.give(bench.host('a', { maxBytes: 100 }), 'j', [fromHub()]);
  expect(refused).toMatchObject({ reason: expect.stringContaining('RUNNER_ASSET_BYTES') });
  expect(downloads(bench.hub.visits)).toEqual([]);
});

test('a file by URL and sha256 lies where torch.hub looks for it too', async () => {
  await using bench = await assetBench();
  bench.hub.repositories.set('timm/tiny', REPOSITORY);
  const url = `${bench.hub.contentUrl}/timm/tiny/model.safetensors`;
  const asked = (sha256: string): AssetRequest => ({ name: 'file', source: { kind: 'url', url, sha256 } });
  expect(await bench.give(bench.host('a'), 'j', [asked(sha256Of(WEIGHTS))])).toMatchObject({ kind: 'ready' });
  expect(await filesIn(join(await bench.job('j'), 'assets'))).toEqual([
    '.torch/hub/checkpoints/model.safetensors',
    'file/model.safetensors',
  ]);
  const refused = await bench.give(bench.host('a'), 'k', [asked(sha256Of('else'))]);
  expect(refused).toMatchObject({ passing: false, reason: expect.stringContaining('its sha256 is') });
});

test('a folder of the site is given as it was when it was first asked for', async () => {
  await using bench = await assetBench();
  await mkdir(join(bench.site, 'vocab/words'), { recursive: true });
  await writeFile(join(bench.site, 'vocab/words/en.txt'), 'one');
  await symlink('words/en.txt', join(bench.site, 'vocab/latest'));
  const asked: AssetRequest = { name: 'words', source: { kind: 'site', path: 'vocab' } };
  const result = await bench.give(bench.host('a'), 'j', [asked]);
  expect(result).toMatchObject({ records: [{ source: 'site:vocab', bytes: 6, licence: null }] });
  await writeFile(join(bench.site, 'vocab/words/en.txt'), 'changed');
  const assets = join(await bench.job('j'), 'assets');
  expect(await readFile(join(assets, 'words/words/en.txt'), 'utf8')).toBe('one');
  await bench.give(bench.host('a'), 'k', [asked]);
  expect(await readFile(join(await bench.job('k'), 'assets/words/latest'), 'utf8')).toBe('changed');
});

test('two assets of one commit share the files that both have', async () => {
  await using bench = await assetBench();
  bench.hub.repositories.set('timm/tiny', REPOSITORY);
  const asked = [fromHub({ files: ['config.json'] }), { ...fromHub(), name: 'whole' }];
  expect(await bench.give(bench.host('a'), 'j', asked)).toMatchObject({ kind: 'ready' });
  const files = await filesIn(join(await bench.job('j'), 'assets'));
  expect(files).toEqual(expect.arrayContaining(['backbone/config.json', 'whole/config.json']));
});

test('two URLs that end in the same name are refused with a sentence', async () => {
  await using bench = await assetBench();
  bench.hub.repositories.set('timm/tiny', { ...REPOSITORY, files: { 'a/w.pth': 'one', 'b/w.pth': 'two' } });
  const asked = (name: string, content: string): AssetRequest => {
    const url = `${bench.hub.contentUrl}/timm/tiny/${name}/w.pth`;
    return { name, source: { kind: 'url', url, sha256: sha256Of(content) } };
  };
  expect(await bench.give(bench.host('a'), 'j', [asked('a', 'one'), asked('b', 'two')])).toMatchObject({
    passing: false,
    reason: expect.stringContaining('"a" and "b" cannot lie side by side'),
  });
});

test('a link out of the site’s folder leads nowhere', async () => {
  await using bench = await assetBench();
  await writeFile(join(bench.path, 'secret'), 'hidden');
  await symlink(join(bench.path, 'secret'), join(bench.site, 'link'));
  const refused = await bench.give(bench.host('a'), 'j', [
    { name: 'x', source: { kind: 'site', path: 'link' } },
  ]);
  expect(refused).toMatchObject({ passing: false, reason: expect.stringContaining('leads out of') });
});

test('assets that no job uses make room for others', async () => {
  await using bench = await assetBench();
  for (const name of ['one', 'two', 'three']) await writeFile(join(bench.site, name), name.repeat(100));
  const host = bench.host('a', { maxBytes: 800 });
  const asked = (path: string): AssetRequest => ({ name: 'x', source: { kind: 'site', path } });
  await bench.give(host, 'j', [asked('one')]);
  await bench.give(host, 'k', [asked('two')]);
  await rm(await bench.job('k'), { recursive: true });
  await bench.give(host, 'l', [asked('three')]);
  const kept = (await readdir(join(bench.path, 'a/assets'))).filter((name) => !name.startsWith('.'));
  const contents = await Promise.all(
    kept.map(async (name) => (await filesIn(join(bench.path, 'a/assets', name, 'content')))[0]),
  );
  expect(contents.sort()).toEqual(['one', 'three']);
  expect((await stat(join(await bench.job('j'), 'assets/x/one'))).size).toBe(300);
});
