/** What a work tree or a bundle may hold when somebody wants to break out of it. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CANDIDATE_BOUNDS } from './bounds.ts';
import { checkoutBundle } from './checkout-bundle.ts';
import { WorkspaceRefusal } from './refusal.ts';
import { openWorkTree, type WorkTree } from './work-tree.ts';

const AT = 1_760_000_000_000;
let place: string;
let tree: WorkTree;

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'mw-hostile-'));
  await mkdir(join(place, 'template'));
  await writeFile(join(place, 'template', 'train.py'), 'print("train")\n');
  tree = await openWorkTree({ gitDir: join(place, 'git'), workTree: join(place, 'tree') });
  await tree.create(join(place, 'template'), AT);
});

afterEach(async () => {
  await rm(place, { recursive: true, force: true });
});

const inTree = (path: string) => join(tree.folder, path);
const commit = () => tree.commit('Hostile', AT + 1000);

describe('a hostile work tree', () => {
  it.each([
    ['a link to a file', () => symlink('/etc/passwd', inTree('passwd'))],
    ['a link to a folder', () => symlink('/etc', inTree('etc'))],
    ['a link to nothing', () => symlink('nowhere', inTree('dangling'))],
    ['a pipe', () => execFileSync('mkfifo', [inTree('pipe')])],
    ['a git directory', () => mkdir(inTree('.git/hooks'), { recursive: true })],
    ['a nested git directory in disguise', () => mkdir(inTree('sub/.GIT'), { recursive: true })],
    ['a name with a line break', () => writeFile(inTree('a\nM 100644 inline x'), 'x')],
    [
      'a name that is not UTF-8',
      () => writeFile(Buffer.concat([Buffer.from(`${tree.folder}/`), Buffer.from([0xff, 0x61])]), 'x'),
    ],
  ])('is not committed with %s', async (_what, plant) => {
    await plant();
    await expect(commit()).rejects.toThrow(WorkspaceRefusal);
  });

  it('is not committed with a huge file, and that is seen without reading it', async () => {
    await writeFile(inTree('huge'), '');
    await truncate(inTree('huge'), 2 ** 40);
    await expect(commit()).rejects.toThrow('a file holds at most');
  });

  it('is not committed with too many files', async () => {
    const numbers = Array.from({ length: CANDIDATE_BOUNDS.files }, (_, index) => index);
    await Promise.all(numbers.map((number) => writeFile(inTree(`f${number}`), '')));
    await expect(commit()).rejects.toThrow('at most 2000 files');
  });

  it('does not run its hooks, filters or configuration', async () => {
    const trap = `touch ${join(place, 'sprung')}`;
    await mkdir(inTree('hooks'));
    for (const hook of [
      'hooks/pre-commit',
      'hooks/post-commit',
      'hooks/reference-transaction',
      'hooks/fsmonitor',
    ]) {
      await writeFile(inTree(hook), `#!/bin/sh\n${trap}\n`);
      await chmod(inTree(hook), 0o755);
    }
    await writeFile(
      inTree('config'),
      `[core]\n\tfsmonitor = "${trap}"\n\thooksPath = hooks\n[filter "x"]\n\tclean = ${trap}\n`,
    );
    await writeFile(inTree('.gitconfig'), `[core]\n\tfsmonitor = "${trap}"\n`);
    await writeFile(inTree('.gitattributes'), '* filter=x\n');
    const id = await commit();
    await tree.bundle(join(place, 'b'));
    await checkoutBundle(join(place, 'b'), id, join(place, 'out'));
    expect(existsSync(join(place, 'sprung'))).toBe(false);
  });

  it('keeps its bytes whatever its attributes and ignore files say', async () => {
    await writeFile(
      inTree('.gitattributes'),
      '* text eol=crlf ident working-tree-encoding=UTF-16 export-ignore\n',
    );
    await writeFile(inTree('.gitignore'), '*\n');
    await writeFile(inTree('model.py'), 'a = "$Id$"\n');
    const id = await commit();
    await tree.bundle(join(place, 'b'));
    await checkoutBundle(join(place, 'b'), id, join(place, 'out'));
    expect(await readFile(join(place, 'out', 'model.py'), 'utf8')).toBe('a = "$Id$"\n');
  });

  it('finds no git of ours in its environment to lead it elsewhere', async () => {
    process.env['GIT_DIR'] = join(place, 'elsewhere');
    process.env['GIT_CONFIG_COUNT'] = '1';
    process.env['GIT_CONFIG_KEY_0'] = 'core.fsmonitor';
    process.env['GIT_CONFIG_VALUE_0'] = `touch ${join(place, 'sprung')}`;
    try {
      await writeFile(inTree('model.py'), 'x');
      expect(await commit()).toMatch(/^[0-9a-f]{40}$/);
    } finally {
      for (const name of ['GIT_DIR', 'GIT_CONFIG_COUNT', 'GIT_CONFIG_KEY_0', 'GIT_CONFIG_VALUE_0'])
        delete process.env[name];
    }
    expect(existsSync(join(place, 'sprung'))).toBe(false);
    expect(existsSync(join(place, 'elsewhere'))).toBe(false);
  });
});

describe('a hostile bundle', () => {
  /** A commit whose tree is exactly these raw entries, as ordinary git would never write it. */
  const forge = (entries: Array<{ mode: string; name: string | Buffer; content: string }>) => {
    const repository = join(place, 'forged.git');
    const run = (args: string[], input: string | Buffer = '') =>
      execFileSync('git', ['--git-dir', repository, ...args], { input })
        .toString()
        .trim();
    execFileSync('git', ['init', '--quiet', '--bare', repository]);
    const rows = entries.map(({ mode, name, content }) => {
      const oid =
        mode === '40000' || mode === '160000' ? content : run(['hash-object', '-w', '--stdin'], content);
      return Buffer.concat([
        Buffer.from(`${mode} `),
        Buffer.from(name),
        Buffer.from([0]),
        Buffer.from(oid, 'hex'),
      ]);
    });
    const tree = run(['hash-object', '-t', 'tree', '-w', '--stdin', '--literally'], Buffer.concat(rows));
    const identity = 'x <x@x> 1700000000 +0000';
    const text = `tree ${tree}\nauthor ${identity}\ncommitter ${identity}\n\nforged\n`;
    const id = run(['hash-object', '-t', 'commit', '-w', '--stdin'], text);
    run(['update-ref', 'refs/heads/main', id]);
    run(['bundle', 'create', '--quiet', join(place, 'forged.bundle'), 'refs/heads/main']);
    return { id, run };
  };
  const checkout = (id: string) => checkoutBundle(join(place, 'forged.bundle'), id, join(place, 'out'));

  it.each([
    ['a link', { mode: '120000', name: 'link', content: '/etc/passwd' }],
    ['a submodule', { mode: '160000', name: 'sub', content: 'a'.repeat(40) }],
    ['a parent folder', { mode: '100644', name: '..', content: 'x' }],
    ['a path that climbs', { mode: '100644', name: '../../climbed', content: 'x' }],
    ['an absolute path', { mode: '100644', name: '/tmp/mw-absolute', content: 'x' }],
    ['a git file', { mode: '100644', name: '.git', content: 'gitdir: /elsewhere' }],
    ['a name that is not UTF-8', { mode: '100644', name: Buffer.from([0xff]), content: 'x' }],
    ['a device-like mode', { mode: '020644', name: 'odd', content: 'x' }],
  ])('with %s leaves nothing', async (_what, entry) => {
    const { id } = forge([entry]);
    await expect(checkout(id)).rejects.toThrow();
    expect(existsSync(join(place, 'out'))).toBe(false);
    expect(existsSync(join(place, 'climbed'))).toBe(false);
  });

  it('with a name twice is refused', async () => {
    const { id } = forge([
      { mode: '100644', name: 'a', content: '1' },
      { mode: '100644', name: 'a', content: '2' },
    ]);
    await expect(checkout(id)).rejects.toThrow('twice');
  });

  it('whose folders list without end is stopped', async () => {
    let { id: oid, run } = forge([{ mode: '100644', name: 'leaf', content: 'x' }]);
    let folder = run(['rev-parse', `${oid}^{tree}`]);
    for (let depth = 0; depth < 9; depth++) {
      const rows = 'abcdefghij'.split('').map((name) => `040000 tree ${folder}\t${name}`);
      folder = run(['mktree'], `${rows.join('\n')}\n`);
    }
    ({ id: oid, run } = {
      id: run(['-c', 'user.name=x', '-c', 'user.email=x@x', 'commit-tree', '-m', 'bomb', folder]),
      run,
    });
    run(['update-ref', 'refs/heads/main', oid]);
    run(['bundle', 'create', '--quiet', join(place, 'forged.bundle'), 'refs/heads/main']);
    await expect(checkout(oid)).rejects.toThrow('was stopped');
  });

  it('with a huge file is refused before it is written', async () => {
    const { id } = forge([
      { mode: '100644', name: 'huge', content: 'x'.repeat(CANDIDATE_BOUNDS.bytesPerFile + 1) },
    ]);
    await expect(checkout(id)).rejects.toThrow('a file holds at most');
  });

  it('that is cut short says that it cannot be read', async () => {
    const { id } = forge([{ mode: '100644', name: 'a', content: 'x'.repeat(1000) }]);
    await truncate(join(place, 'forged.bundle'), 100);
    await expect(checkout(id)).rejects.toThrow('git bundle failed');
  });

  it('without the commit that is asked for says so', async () => {
    forge([{ mode: '100644', name: 'a', content: 'x' }]);
    await expect(checkout('0'.repeat(40))).rejects.toThrow('git ls-tree failed');
    await expect(checkout('--output=/tmp/x')).rejects.toThrow('not a commit id');
  });

  it('is not written over what is there', async () => {
    const { id } = forge([{ mode: '100644', name: 'a', content: 'x' }]);
    await mkdir(join(place, 'out'));
    await writeFile(join(place, 'out', 'mine'), 'x');
    await expect(checkout(id)).rejects.toThrow('not empty');
  });
});
