import { expect, it } from 'vitest';
import { plan } from '../testing/briefs.ts';
import { portfolioSubmission, revisionSubmission } from './submission.ts';

const trees = { ...plan, name: 'Trees', recipe: 'forest' };
const network = { ...plan, name: 'Network', recipe: 'network' };

it('plans of different families differ in their family, and a classical one is the baseline', () => {
  expect(portfolioSubmission([network, trees])).toEqual({
    plans: [network, trees],
    axes: [{ axis: 'family of models', positions: { Network: 'network', Trees: 'forest' } }],
    baseline: 'Trees',
  });
});

it('plans of one family differ in their variation as well', () => {
  const deep = { ...trees, name: 'Trees, deep' };
  expect(portfolioSubmission([trees, deep])).toMatchObject({
    axes: [{ axis: 'family of models' }, { positions: { Trees: 'Trees', 'Trees, deep': 'Trees, deep' } }],
  });
});

it('a revision says what nobody has tried', () => {
  expect(revisionSubmission([trees])).toMatchObject({ missing: 'no candidate has tried Trees' });
});
