/** Jobs, claims and outcomes as tests need them. */
import type { Claim, Job, JobOutcome, Worker } from '@modelwright/contracts';

const MiB = 1024 * 1024;
export const SAMPLE_RUN = 'digits-k3f9x2-07';

export function sampleJob(change: Partial<Job> = {}): Job {
  return {
    id: `${SAMPLE_RUN}_c1_train_1`,
    run: SAMPLE_RUN,
    candidate: 'c1',
    purpose: 'train',
    class: 'cpu',
    accelerators: null,
    assets: [],
    stopRules: [],
    priority: 'normal',
    code: { kind: 'tree', tree: { kind: 'tree', store: 'workspaces', sha256: 'a'.repeat(64), size: 1 } },
    overlay: {},
    command: ['python', 'train.py'],
    data: null,
    inputs: {},
    environment: { kind: 'base' },
    variables: {},
    limits: {
      wallSeconds: 60,
      graceSeconds: 1,
      stallSeconds: 60,
      memoryBytes: 256 * MiB,
      cpus: 1,
      pids: 64,
      diskBytes: 64 * MiB,
      logBytes: MiB,
    },
    ...change,
  };
}

export function sampleClaim(change: Partial<Claim> = {}): Claim {
  return {
    job: sampleJob().id,
    run: SAMPLE_RUN,
    attempt: 1,
    runner: 'other',
    process: 'p1',
    state: 'held',
    claimedAt: 0,
    checkpoint: null,
    attemptsWithoutProgress: 1,
    ...change,
  };
}

export function sampleWorker(change: Partial<Worker> = {}): Worker {
  return {
    service: 'gpu-runner',
    name: 'other',
    process: 'p1',
    host: 'h',
    pid: 1,
    startedAt: 0,
    beatAt: 0,
    state: 'ready',
    version: '0.1.0',
    runner: null,
    ...change,
  };
}

export function sampleOutcome(change: Partial<JobOutcome> = {}): JobOutcome {
  return {
    job: sampleJob().id,
    run: SAMPLE_RUN,
    attempt: 1,
    end: 'finished',
    reason: 'it ended with exit code 0',
    exitCode: 0,
    signal: null,
    runner: 'me',
    startedAt: 0,
    endedAt: 1,
    wallSeconds: 1,
    cpuSeconds: 1,
    maxRssBytes: 1,
    isolation: { level: 'contained', notes: [] },
    output: null,
    stdoutTail: '',
    stderrTail: '',
    exhausted: null,
    stopRule: null,
    use: null,
    assets: [],
    environment: null,
    ...change,
  };
}
