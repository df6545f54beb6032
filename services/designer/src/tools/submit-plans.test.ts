import type { Call } from '@modelwright/agent';
import { sampleAssignment } from '@modelwright/agent/testing';
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
const submitting = (plans: unknown[], count = 2) =>
  submitPlans({ count }).run(JSON.stringify({ plans }), call);
const other = { ...samplePlan, name: 'trees' };

describe('plans', () => {
  it('are the result of their designer', async () => {
    expect(await submitting([samplePlan, other])).toEqual({
      kind: 'final',
      content: 'linear, trees',
      result: { role: 'designer', plans: [samplePlan, other] },
    });
  });

  it('may be fewer than wanted', async () => {
    expect(await submitting([other])).toMatchObject({ kind: 'final' });
  });

  it.each([
    ['more than wanted', [samplePlan, other, { ...samplePlan, name: 'third' }], '3 plans, and 2 wanted'],
    ['of one name', [samplePlan, samplePlan], 'same name'],
    ['none at all', [], 'plans'],
    ['half filled', [{ name: 'linear' }], 'summary'],
  ])('that are %s are refused, with the reason', async (_what, plans, reason) => {
    expect(await submitting(plans)).toMatchObject({ failed: true, content: expect.stringContaining(reason) });
  });
});
