/** A job that runs a program of the candidate, in the candidate's environment, with what was derived for it. */
import {
  type Assignment,
  type Job,
  type TreeRef,
  trainingPlacement,
  type Version,
} from '@modelwright/contracts';
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
  const { commit, bundle, environment, derived } = version;
  const inputs = derived === undefined ? {} : { derived: { tree: derived, path: null } };
  const job = agentJob(assignment, cpus, {
    ...wanted,
    code: { kind: 'version', commit, bundle },
    environment,
    inputs: { ...inputs, ...wanted.inputs },
  });
  return wanted.purpose === 'train' ? placed(job, version, assignment) : job;
}

/** Only trainings get accelerators: what is short starts at once on processors. */
function placed(job: Job, version: Version, { hardware }: Assignment): Job {
  const { memoryBytes, ...placement } = trainingPlacement(version, hardware);
  const limits = memoryBytes === null ? job.limits : { ...job.limits, memoryBytes };
  return { ...job, ...placement, limits };
}
