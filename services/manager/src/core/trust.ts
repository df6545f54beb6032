/** Which candidates may be chosen, blended and delivered, and what keeps a candidate from being called verified. */
import type { Finding, PreparedData, Trust } from '@modelwright/contracts';
import type { Candidate, CandidateIn } from './candidate.ts';
import type { OpenRun } from './run-state.ts';

/** As long as nobody has looked more closely. */
export const NOT_AUDITED = 'audit: not made; only those that may win are trained again on less';

/** Where generated code could have reached the labels, nothing is verified on the ground that it did not. */
export const NOT_ISOLATED = 'labels: sealed, not isolated; its programs did not run in a sandbox';

/** Whether others may be built upon it. */
export function isBelieved({ trust }: CandidateIn<'scored'>): boolean {
  return trust?.label !== 'suspicious';
}

/** Neither suspicious nor outside of what the task allows; what could not be checked may be chosen, and the report says so. */
export function isEligible(candidate: CandidateIn<'scored'>): boolean {
  return isBelieved(candidate) && candidate.excluded === undefined;
}

/** `reasons`: what speaks against `verified` besides the findings. */
export function trustOf(findings: readonly Finding[], reasons: readonly string[]): Trust {
  const told = (severity: Finding['severity']) =>
    findings.flatMap((one) => (one.severity === severity ? [`${one.check}: ${one.evidence}`] : []));
  const [suspicious, warnings] = [told('suspicious'), told('warning')];
  if (suspicious.length > 0) return { label: 'suspicious', reasons: suspicious };
  const open = [...new Set([...warnings, ...reasons])];
  return { label: open.length === 0 ? 'verified' : 'unverified', reasons: open };
}

/** Checks that were not made, and what is wrong with the data itself, whoever learns from it. */
export function reasonsOf(
  unmade: readonly { readonly check: string; readonly reason: string }[],
  { findings = [] }: PreparedData,
): string[] {
  return [
    ...unmade.map(({ check, reason }) => `${check}: not made; ${reason}`),
    ...findings
      .filter(({ severity }) => severity === 'suspicious')
      .map(({ check, evidence }) => `data, ${check}: ${evidence}`),
  ];
}

/** As the grader states it, with what only the run knows: where its programs ran, and whom a blend is made of. */
export function trustIn(run: OpenRun, id: string, trust: Trust): Trust {
  const candidate = run.candidates[id];
  const members = candidate !== undefined && 'members' in candidate ? (candidate.members ?? []) : [];
  const doubted = members.filter((member) => !isVerified(run.candidates[member]));
  const own = Object.values(run.jobs).some(
    (job) => job.stage === 'closed' && job.isolation === 'none' && isOf(candidate, job.id, job.ordered),
  );
  const isolated = own ? lessTrusted(trust, NOT_ISOLATED) : trust;
  if (doubted.length === 0) return isolated;
  return lessTrusted(isolated, `members: ${doubted.join(', ')} not verified`);
}

function isVerified(candidate: Candidate | undefined): boolean {
  return candidate?.stage === 'scored' && candidate.trust?.label === 'verified';
}

function isOf(candidate: Candidate | undefined, job: string, ordered: { readonly candidate: string } | null) {
  if (candidate === undefined) return false;
  return ordered?.candidate === candidate.id || ('trained' in candidate && candidate.trained.job === job);
}

/** The same with one more reason against `verified`. */
function lessTrusted(trust: Trust, reason: string): Trust {
  if (trust.label === 'suspicious' || trust.reasons.includes(reason)) return trust;
  return { label: 'unverified', reasons: [...trust.reasons, reason] };
}
