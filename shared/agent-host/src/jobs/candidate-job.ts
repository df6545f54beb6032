/** A job that runs a program of the candidate, in the candidate's environment. */
import type { Assignment, Job, TreeRef, Version } from '@modelwright/contracts';
import { type AgentJob, agentJob } from './agent-job.ts';

export interface CandidateJob extends Omit<AgentJob, 'code' | 'environment' | 'data'> {
  readonly version: Version;
  readonly data: TreeRef;
}

export function candidateJob(
  assignment: Assignment,
  cpus: number,
  { version, ...wanted }: CandidateJob,
): Job {
  const { commit, bundle, environment } = version;
  return agentJob(assignment, cpus, { ...wanted, code: { kind: 'version', commit, bundle }, environment });
}
