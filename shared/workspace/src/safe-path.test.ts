import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathObjection } from './safe-path.ts';

describe('a path of a candidate', () => {
  it.each([
    'model.py',
    'members/c1/model.py',
    '.gitignore',
    '.gitattributes',
    'übung/größe.txt',
    'a b/c',
    'git',
    'x.git',
  ])('may be %j', (path) => {
    expect(pathObjection(path)).toBeNull();
  });

  it.each([
    ['', 'empty'],
    ['/etc/passwd', 'absolute'],
    ['../up', '".."'],
    ['a/../../b', '".."'],
    ['a//b', 'empty part'],
    ['a/', 'empty part'],
    ['./a', '"."'],
    ['a\\b', 'backslash'],
    ['a\0b', 'control'],
    ['a\nb', 'control'],
    ['x'.repeat(256), 'longer'],
    [Array.from({ length: 300 }, () => 'abcd').join('/'), 'longer'],
    ['\ud800', 'Unicode'],
  ])('is never %j', (path, objection) => {
    expect(pathObjection(path)).toContain(objection);
  });

  it.each([
    '.git',
    '.GIT',
    '.Git/config',
    'sub/.git/hooks/pre-commit',
    '.git.',
    '.git ',
    '.git . .',
    'git~1',
    'GIT~2',
  ])('never means git, as %j would somewhere', (path) => {
    expect(pathObjection(path)).toContain('git');
  });

  it.each(['.git::$INDEX_ALLOCATION', '.g\u200cit', '.git\ufeff/config'])(
    'never means git in disguise, as %j',
    (path) => {
      expect(pathObjection(path)).toContain('git');
    },
  );

  it('stays below its folder whenever it is allowed', () => {
    const segment = fc.oneof(
      fc.constantFrom('.', '..', '', 'a', '.git', '/', '\\'),
      fc.string({ unit: 'binary', maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 6 }), (segments) => {
        const path = segments.join('/');
        fc.pre(pathObjection(path) === null);
        const url = new URL(path.split('/').map(encodeURIComponent).join('/'), 'file:///root/tree/');
        expect(url.pathname.startsWith('/root/tree/')).toBe(true);
        expect(url.pathname.toLowerCase()).not.toContain('/.git/');
      }),
    );
  });
});
