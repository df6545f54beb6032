/** What is sent in the contests: a job, a record of a transcript, a notification; of the sizes that runs have. */
import {
  inboxSubject,
  type Job,
  job,
  jobFinished,
  jobSubject,
  runId,
  turnRecord,
  turnSubject,
} from '@modelwright/contracts';

export const RUN = runId.parse('bench-abc123-07');
const DIGEST = 'a'.repeat(64);

const tree = (store: 'datasets' | 'artifacts') => ({ kind: 'tree' as const, store, sha256: DIGEST, size: 1 });

const jobBody: Omit<Job, 'id'> = {
  run: RUN,
  candidate: 'c1',
  purpose: 'train',
  class: 'cpu',
  accelerators: null,
  assets: [],
  stopRules: [],
  priority: 'normal',
  code: {
    kind: 'version',
    commit: 'b'.repeat(40),
    bundle: { kind: 'blob', store: 'workspaces', sha256: DIGEST, size: 20_000 },
  },
  overlay: { 'config.json': JSON.stringify({ recipe: 'forest', trees: 200, leaf: 2, features: 0.5 }) },
  command: ['python', 'train.py'],
  data: tree('datasets'),
  inputs: {},
  environment: { kind: 'base' },
  variables: { MW_SEED: '12345', MW_TIME_BUDGET_SECONDS: '60' },
  limits: {
    wallSeconds: 72,
    graceSeconds: 10,
    stallSeconds: 600,
    memoryBytes: 4 * 2 ** 30,
    cpus: 1,
    pids: 256,
    diskBytes: 8 * 2 ** 30,
    logBytes: 8 * 2 ** 20,
  },
};

export const JOB_SUBJECT = jobSubject('cpu', 'normal', RUN);
export const JOBS_CONSUMER = 'jobs-cpu-normal';
export const TURN_SUBJECT = turnSubject(RUN, `${RUN}_c1_tune_1`);
export const INBOX_SUBJECT = inboxSubject(RUN);
export const INBOX_CONSUMER = 'inbox-07';

/** `id` must never have been used before: the server would take the message for a repetition. */
export const aJob = (id: string) => ({
  definition: job,
  subject: JOB_SUBJECT,
  messageId: id,
  run: RUN,
  body: { ...jobBody, id },
});

export const aTurn = (id: string, at: number) => ({
  definition: turnRecord,
  subject: TURN_SUBJECT,
  messageId: id,
  run: RUN,
  body: {
    type: 'result' as const,
    turn: 1,
    call: 0,
    content: JSON.stringify({ passed: true, seconds: 2.5, problems: [], stdout: 'fold 1 of 5\n'.repeat(60) }),
    failed: false,
    version: null,
    at,
  },
});

export const aNotification = (id: string) => ({
  definition: jobFinished,
  subject: INBOX_SUBJECT,
  messageId: id,
  run: RUN,
  body: {
    type: 'job-finished' as const,
    run: RUN,
    job: 'bench',
    end: 'finished' as const,
    reason: 'it ended by itself',
    attempt: 1,
    wallSeconds: 1,
    output: tree('artifacts'),
    isolation: 'contained' as const,
  },
});
