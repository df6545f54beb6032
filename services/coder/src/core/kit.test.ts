import { expect, it } from 'vitest';
import { kitObjection } from './kit.ts';

it.each(['mw/check.py', 'mw', 'MW/__init__.py'])('%s belongs to the kit', (path) => {
  expect(kitObjection(path)).toContain('kit');
});

it.each(['model.py', 'mwx/a.py', 'lib/mw/a.py'])('%s is the candidate’s own', (path) => {
  expect(kitObjection(path)).toBeNull();
});
