import type { Trust } from '@modelwright/contracts';
import { describe, expect, it } from 'vitest';
import { actionObjection } from './action-objection.ts';
import type { Candidate } from './candidate.ts';
import { plan, scoreOf, trained, tree } from './testing/samples.ts';

function scored(id: string, label: Trust['label']): Candidate {
  return {
    ...{ id, parent: null, partner: null, guidance: null, repairs: 0, stage: 'scored', diagnosis: null },
    ...{ plan: plan(id), trained: trained(id), trials: [], predictions: tree(id), test: null },
    ...{ score: scoreOf(id), trust: { label, reasons: [] } },
  };
}

const candidates = { c1: scored('c1', 'suspicious'), c2: scored('c2', 'unverified') };
const guidance = 'so';

describe('a suspicious candidate', () => {
  it('is not tuned or combined', () => {
    const tune = actionObjection(candidates, { kind: 'tune', candidate: 'c1', guidance });
    expect(tune).toContain('c1 is suspicious');
    const combine = { kind: 'combine', candidate: 'c2', partner: 'c1', guidance } as const;
    expect(actionObjection(candidates, combine)).toContain('c1 is suspicious');
  });

  it('may be mended, or revised by who knows what is wrong with it', () => {
    for (const kind of ['fix', 'revise'] as const) {
      expect(actionObjection(candidates, { kind, candidate: 'c1', guidance })).toBeNull();
    }
  });

  it('keeps nobody from the others', () => {
    expect(actionObjection(candidates, { kind: 'tune', candidate: 'c2', guidance })).toBeNull();
  });
});
