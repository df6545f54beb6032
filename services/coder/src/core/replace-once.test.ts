import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replaceOnce } from './replace-once.ts';

describe('an edit', () => {
  it('replaces the one place, and says where it is', () => {
    expect(replaceOnce('a\nb\nc\n', 'b', 'x')).toEqual({ kind: 'edited', text: 'a\nx\nc\n', line: 2 });
  });

  it('takes what it is given as plain text', () => {
    expect(replaceOnce('a.b(c)', '.b(', '$&$1')).toMatchObject({ text: 'a$&$1c)' });
  });

  it.each([
    ['a', 'z', 'x', 'does not occur'],
    ['a\na', 'a', 'x', 'line 1 and again at line 2'],
    ['aaa', 'aa', 'x', 'again'],
    ['abc', 'b', 'b', 'nothing would change'],
  ])('of %j at %j is refused', (text, find, replace, reason) => {
    expect(replaceOnce(text, find, replace)).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining(reason),
    });
  });

  it('changes nothing before and after its place', () => {
    const part = fc.string({ maxLength: 10 });
    fc.assert(
      fc.property(part, part, part, (before, after, replace) => {
        const edit = replaceOnce(`${before}<<here>>${after}`, '<<here>>', replace);
        fc.pre(edit.kind === 'edited');
        expect(edit).toMatchObject({ text: before + replace + after });
      }),
    );
  });
});
