/** A job that runs a program of the candidate: what all of them have in common. */
import type { Assignment, Job, JobPriority, JobPurpose, TreeRef, Version } from '@modelwright/contracts';

const MIB = 2 ** 20;
const GIB = 2 ** 30;

export interface CandidateJob {
  readonly id: string;
  readonly purpose: JobPurpose;
  readonly priority: JobPriority;
  readonly version: Version;
  readonly command: readonly string[];
  readonly data: TreeRef;
  readonly wallSeconds: number;
  readonly overlay?: Job['overlay'];
  readonly inputs?: Job['inputs'];
  readonly variables?: Job['variables'];
}

export function candidateJob(assignment: Assignment, cpus: number, wanted: CandidateJob): Job {
  return {
    id: wanted.id,
    run: assignment.run,
    candidate: assignment.candidate,
    purpose: wanted.purpose,
    class: 'cpu',
    priority: wanted.priority,
    code: { kind: 'version', commit: wanted.version.commit, bundle: wanted.version.bundle },
    overlay: wanted.overlay ?? {},
    command: [...wanted.command],
    data: wanted.data,
    inputs: wanted.inputs ?? {},
    environment: wanted.version.environment ?? { kind: 'base' },
    // The same draws for all trainings of an assignment, so that they can be compared.
    variables: { MW_SEED: String(assignment.seed), ...wanted.variables },
    limits: {
      wallSeconds: wanted.wallSeconds,
      graceSeconds: 10,
      stallSeconds: Math.max(600, wanted.wallSeconds),
      memoryBytes: 4 * GIB,
      cpus,
      pids: 256,
      diskBytes: 8 * GIB,
      logBytes: 8 * MIB,
    },
  };
}
