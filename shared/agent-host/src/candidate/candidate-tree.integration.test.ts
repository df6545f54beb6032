import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TestFarm } from '../testing/index.ts';
import { type Beginning, CandidateTree } from './candidate-tree.ts';
import { versionFileReader } from './version-file.ts';

const AT = 1_760_000_000_000;
let farm: TestFarm;
let template: Beginning;
let places = 0;

beforeAll(async () => {
  farm = await TestFarm.start();
  const folder = join(farm.folder.path, 'template');
  await mkdir(folder);
  await writeFile(join(folder, 'train.py'), 'print()\n');
  template = { kind: 'template', folder };
});
afterAll(() => farm[Symbol.asyncDispose]());

/** As another process would have it: nothing in common but the store. */
const elsewhere = async (beginning: Beginning = template) => {
  places += 1;
  const folder = join(farm.folder.path, `place-${places}`);
  await mkdir(folder);
  return new CandidateTree(farm.bus.store, folder, beginning);
};
const saved = async (tree: CandidateTree, message = 'Change') => {
  const outcome = await tree.save(message, AT);
  if (outcome.kind === 'refused') throw new Error(outcome.reason);
  return outcome.version;
};

describe("a candidate's files", () => {
  let tree: CandidateTree;
  beforeEach(async () => {
    tree = await elsewhere();
    await tree.restore(null, AT);
  });

  it('are had again elsewhere from a saved version', async () => {
    await (await tree.files()).writeText('model.py', 'x = 1\n');
    const version = await saved(tree);
    const other = await elsewhere();
    await other.restore(version, AT);
    expect(await (await other.files()).readText('model.py')).toEqual({ kind: 'text', text: 'x = 1\n' });
  });

  it('are the same version when nothing changed', async () => {
    const first = await saved(tree);
    await tree.files();
    expect(await saved(tree, 'Nothing')).toEqual(first);
  });

  it('are the same version when the same change is made again after a crash', async () => {
    const first = await saved(tree);
    await (await tree.files()).writeText('model.py', 'x = 1\n');
    const second = await saved(tree);
    const again = await elsewhere();
    await again.restore(first, AT);
    await (await again.files()).writeText('model.py', 'x = 1\n');
    expect((await saved(again)).commit).toBe(second.commit);
  });

  it('name the environment of their programs from the version on that it was chosen in', async () => {
    const environment = { kind: 'requirements', text: 'numpy==2.0.0\n' } as const;
    const first = await saved(tree);
    tree.runIn(environment);
    const second = await saved(tree);
    expect(second).toEqual({ ...first, environment });
    const other = await elsewhere();
    await other.restore(second, AT);
    await (await other.files()).writeText('model.py', 'x = 1\n');
    expect((await saved(other)).environment).toEqual(environment);
    await other.restore(first, AT);
    expect(await saved(other)).toEqual(first);
  });

  it('lose what was not recorded when they are restored', async () => {
    const first = await saved(tree);
    await (await tree.files()).writeText('left.py', 'over');
    await tree.restore(first, AT);
    expect(await (await tree.files()).readText('left.py')).toMatchObject({ kind: 'refused' });
    expect(await saved(tree)).toEqual(first);
  });

  it('go back to what they were when a change is refused', async () => {
    await (await tree.files()).writeText('model.py', 'x = 1\n');
    const first = await saved(tree);
    const files = await tree.files();
    for (let n = 0; n < 7; n++)
      await writeFile(join(files.folder, `large-${n}`), Buffer.alloc(7.5 * 2 ** 20, n));
    expect(await tree.save('Too much', AT)).toMatchObject({ kind: 'refused' });
    expect(await saved(tree)).toEqual(first);
    expect(await (await tree.files()).listFiles()).toEqual([
      { path: 'model.py', bytes: 6 },
      { path: 'train.py', bytes: 8 },
    ]);
  });

  it('begin with a version where there is one, and are not fetched as long as nobody looks', async () => {
    const version = await farm.version({ 'config.json': '{"C": 1}\n' });
    const absent = { ...version, bundle: { ...version.bundle, sha256: '0'.repeat(64) } };
    const unopened = await elsewhere({ kind: 'version', version: absent });
    await unopened.restore(null, AT);
    expect(await saved(unopened)).toEqual(absent);
    await expect(unopened.files()).rejects.toThrow();
  });
});

describe('one file of a version', () => {
  it('is read without a work tree, and null where there is none', async () => {
    const version = await farm.version({ 'config.json': '{"C": 1}\n' });
    expect(await versionFileReader('config.json')(farm.bus.store, version)).toBe('{"C": 1}\n');
    expect(await versionFileReader('nothing.json')(farm.bus.store, version)).toBeNull();
  });
});
