import type { Call } from '@modelwright/agent';
import { sampleAssignment } from '@modelwright/agent/testing';
import type { BoardEntry } from '@modelwright/contracts';
import { samplePlan } from '@modelwright/llm/testing';
import { describe, expect, it } from 'vitest';
import { submitPlans } from './submit-plans.ts';

const call: Call = {
  assignment: sampleAssignment,
  turn: 1,
  index: 0,
  jobId: 'x',
  at: 0,
  now: 0,
  transcript: [],
};
const other = { ...samplePlan, name: 'trees' };
const axes = [{ axis: 'family', positions: { linear: 'linear', trees: 'boosted trees' } }];
const baseline = 'linear';

type Wanted = Parameters<typeof submitPlans>[0];
const submitting = (args: object, wanted: Partial<Wanted> = {}) =>
  submitPlans({ action: 'portfolio', count: 2, board: [], ...wanted }).run(JSON.stringify(args), call);

it('offers the same words to every designer of a run, so that what their requests begin with is read once', () => {
  const offered = (wanted: Wanted) => JSON.stringify(submitPlans(wanted).spec);
  const first = offered({ action: 'portfolio', count: 3, board: [] });
  expect(offered({ action: 'revise', count: 1, board: [] })).toBe(first);
});

describe('a portfolio', () => {
  it('is the result of its designer, each plan with its place on the axes', async () => {
    const [first, second] = [
      { ...samplePlan, differs: 'the only linear one [family: linear]' },
      { ...other, differs: 'the only linear one [family: boosted trees]' },
    ];
    expect(await submitting({ plans: [samplePlan, other], axes, baseline })).toEqual({
      kind: 'final',
      content: 'linear, trees',
      result: { role: 'designer', plans: [first, second] },
    });
  });

  it('may be one plan, which differs from nothing', async () => {
    expect(await submitting({ plans: [other] })).toMatchObject({ kind: 'final' });
  });

  const together = {
    axis: 'family',
    positions: { linear: 'Trees', trees: 'trees ' },
  };
  it.each([
    [
      'has more than wanted',
      { plans: [samplePlan, other, { ...samplePlan, name: 'third' }] },
      '3 plans, and 2 wanted',
    ],
    ['has two of one name', { plans: [samplePlan, samplePlan] }, 'same name'],
    ['has none', { plans: [] }, 'plans'],
    ['is half filled', { plans: [{ name: 'linear' }] }, 'summary'],
    ['names no axes', { plans: [samplePlan, other], baseline }, 'say in `axes`'],
    [
      'does not place a plan',
      { plans: [samplePlan, other], axes: [{ axis: 'family', positions: { linear: 'x' } }], baseline },
      'no position of "trees"',
    ],
    [
      'differs in numbers only',
      { plans: [samplePlan, other], axes: [together], baseline },
      'one plan with other numbers',
    ],
    ['names no baseline', { plans: [samplePlan, other], axes }, 'classical baseline'],
    ['names another', { plans: [samplePlan, other], axes, baseline: 'third' }, 'classical baseline'],
  ])('that %s is refused, with the reason', async (_what, args, reason) => {
    expect(await submitting(args)).toMatchObject({ failed: true, content: expect.stringContaining(reason) });
  });
});

describe('a later plan', () => {
  const entry: BoardEntry = {
    ...{ candidate: 'c1', plan: samplePlan, state: 'scored', score: null, oof: null, seconds: 1 },
    diagnosis: null,
  };
  const later: Partial<Wanted> = { action: 'revise', count: 1, board: [entry] };

  it('says what is missing so far', async () => {
    const missing = 'nothing handles the text';
    expect(await submitting({ plans: [other], missing }, later)).toMatchObject({
      content: 'trees; missing so far: nothing handles the text',
      result: { plans: [other] },
    });
    expect(await submitting({ plans: [other] }, later)).toMatchObject({
      failed: true,
      content: expect.stringContaining('`missing`'),
    });
  });

  it('is not one that the board has already', async () => {
    expect(await submitting({ plans: [samplePlan], missing: 'x' }, later)).toMatchObject({
      failed: true,
      content: expect.stringContaining('linear'),
    });
  });
});
