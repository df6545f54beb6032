/** A job that an agent asks for: what all of them have in common. */
import type { Assignment, Job, JobPriority, JobPurpose, TreeRef } from '@modelwright/contracts';

const MIB = 2 ** 20;
const GIB = 2 ** 30;

export interface AgentJob {
  readonly id: string;
  readonly purpose: JobPurpose;
  readonly priority: JobPriority;
  readonly code: Job['code'];
  /** The runner's own when absent. */
  readonly environment?: Job['environment'] | undefined;
  readonly command: readonly string[];
  readonly data: TreeRef | null;
  readonly wallSeconds: number;
  readonly overlay?: Job['overlay'];
  readonly inputs?: Job['inputs'];
  readonly variables?: Job['variables'];
  readonly stopRules?: Job['stopRules'];
}

export function agentJob(assignment: Assignment, cpus: number, wanted: AgentJob): Job {
  return {
    id: wanted.id,
    run: assignment.run,
    candidate: assignment.candidate,
    purpose: wanted.purpose,
    class: 'cpu',
    priority: wanted.priority,
    code: wanted.code,
    overlay: wanted.overlay ?? {},
    command: [...wanted.command],
    data: wanted.data,
    inputs: wanted.inputs ?? {},
    environment: wanted.environment ?? { kind: 'base' },
    // The same draws for all trainings of an assignment, so that they can be compared.
    variables: { MW_SEED: String(assignment.seed), ...wanted.variables },
    accelerators: null,
    assets: assetsOf(assignment),
    stopRules: wanted.stopRules ?? [],
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

/** What the task names goes to every program of every agent that works on its data. */
function assetsOf({ work }: Assignment): Job['assets'] {
  return 'data' in work ? (work.data.assets ?? []) : [];
}
