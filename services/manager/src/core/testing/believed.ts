/** What checks find on a simulated farm: nothing but what was planted, and verified is whoever was audited. */
import type { Finding, WorkResult } from '@modelwright/contracts';
import { NOT_AUDITED, trustOf } from '../trust.ts';
import type { Faults } from './faults.ts';

type Graded = Extract<WorkResult, { role: 'grader' }>;

const PLANTED: Finding = {
  check: 'planted',
  severity: 'suspicious',
  evidence: 'so the test says',
  remedy: null,
};

export function believed(
  { suspicious }: Faults,
  action: 'score' | 'audit',
  candidate: string,
): Pick<Graded, 'findings' | 'trust'> {
  const findings = suspicious?.[action]?.includes(candidate) === true ? [PLANTED] : [];
  return { findings, trust: trustOf(findings, action === 'score' ? [NOT_AUDITED] : []) };
}
