import { posix } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { relativePath, treeManifest } from './index.ts';

describe('a path in a tree', () => {
  it('stays inside the folder it is joined to, whatever it consists of', () => {
    const part = fc.constantFrom('..', '.', '', 'a', ' ', '\\', '\0', 'b.c', '...', '~');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), fc.boolean(), (parts, rooted) => {
        const path = `${rooted ? '/' : ''}${parts.join('/')}`;
        if (!relativePath.safeParse(path).success) return;
        const joined = posix.join('/folder', path);
        expect(joined).toBe(`/folder/${path}`);
        expect(joined).not.toMatch(/[\0\\]/);
      }),
      { numRuns: 2000 },
    );
  });

  it('may have any other name', () => {
    for (const path of ['a', 'a/b', '.hidden', '..a', 'a b/ü', '~'])
      expect(relativePath.parse(path)).toBe(path);
  });

  it('is looked at in every file of a manifest', () => {
    const part = { sha256: 'a'.repeat(64), size: 1 };
    const file = { path: '../x', size: 1, executable: false, sha256: 'a'.repeat(64), parts: [part] };
    expect(treeManifest.safeParse({ version: 1, files: [file] }).success).toBe(false);
    expect(treeManifest.safeParse({ version: 1, files: [{ ...file, path: 'x' }] }).success).toBe(true);
    expect(treeManifest.safeParse({ version: 1, files: [{ ...file, path: 'x', parts: [] }] }).success).toBe(
      false,
    );
  });
});
