import { samplePlan } from '@modelwright/llm/testing';
import { expect, it } from 'vitest';
import { measured } from './estimate.ts';

const version = {
  commit: 'a'.repeat(40),
  bundle: { kind: 'blob', store: 'workspaces', sha256: 'b'.repeat(64), size: 1 } as const,
};
const passed = { version, seconds: 1.234 };

it('a plan says what its coder has measured, beside what was planned', () => {
  const said = { seconds: 61.4, basis: 'one fold took 12 s' };
  expect(measured({ ...samplePlan, resources: 'One core.' }, passed, said).resources).toBe(
    'One core. Measured: a whole training takes about 61 s (one fold took 12 s); its check on 100 rows took 1.2 s.',
  );
});

it('a plan says at least what its check took', () => {
  expect(measured({ ...samplePlan, resources: '' }, passed, undefined).resources).toBe(
    'Measured: its check on 100 rows took 1.2 s.',
  );
});
