/**
 * The trainings that a candidate is scored by where no rows are set apart for it: its recipe once a round, without the labels
 * of the rows that the round predicts. A blend is put together from what its members left in the same round.
 */
import type { Job, PreparedData, TreeRef } from '@modelwright/contracts';
import type { Candidate, CandidateIn } from './candidate.ts';
import type { JobState, OpenRun } from './run-state.ts';
import type { Step } from './step.ts';
import { FINAL_ONLY, jobId, programOf, submit } from './submit.ts';
import { trialSeconds } from './time.ts';

type Predicting = CandidateIn<'trained' | 'predicting'>;

/** A round may take this many times the training it repeats: the machine may be busier. */
const PATIENCE = 3;
const SECONDS_AT_LEAST = 60;
/** Of putting a blend together. */
const ASSEMBLE_SECONDS = 600;
/** As where the search has derived it. */
const DERIVE_SEED = '0';

/** What a round left; null as long as it is not done. */
export function roundModel(run: OpenRun, candidate: Candidate, round: number): TreeRef | null {
  return outputOf(run.jobs[roundId(run, candidate, round)]);
}

/** What a job left that counts: nothing unless it finished. */
export function outputOf(job: JobState | undefined): TreeRef | null {
  return job?.stage === 'closed' && job.end === 'finished' ? job.output : null;
}

/** The jobs of the rounds that can be submitted now. */
export function missingRounds(run: OpenRun, candidate: Predicting, data: PreparedData, now: number): Step[] {
  return (data.rounds ?? []).flatMap(({ train }, round) => {
    if (run.jobs[roundId(run, candidate, round)] !== undefined) return [];
    if (candidate.members !== undefined) return assembled(run, candidate, { train, round }, now);
    if (candidate.trained.version.derived === undefined)
      return [trained(run, candidate, { train, round, derived: null }, now)];
    const derive = run.jobs[deriveId(run, candidate, round)];
    if (derive === undefined) return [derived(run, candidate, { train, round }, now)];
    const tree = outputOf(derive);
    return tree === null ? [] : [trained(run, candidate, { train, round, derived: tree }, now)];
  });
}

/** Why a candidate cannot be scored: the first of its rounds that failed; null where none did. */
export function failedRound(run: OpenRun, candidate: Predicting, data: PreparedData): string | null {
  for (const round of (data.rounds ?? []).keys()) {
    for (const id of [deriveId(run, candidate, round), roundId(run, candidate, round)]) {
      const job = run.jobs[id];
      if (job?.stage === 'closed' && outputOf(job) === null)
        return `the training without the labels of round ${round + 1} ${job.end}: ${job.reason}`;
    }
  }
  const lost = candidate.members?.find((id) => run.candidates[id]?.stage !== 'scored');
  return lost === undefined ? null : `its member ${lost} has no rounds to be put together from`;
}

/** Whether some of its rounds are still to be trained. */
export function isInRounds(run: OpenRun, candidate: Predicting, data: PreparedData): boolean {
  return (data.rounds ?? []).some((_, round) => roundModel(run, candidate, round) === null);
}

interface Round {
  readonly train: TreeRef;
  readonly round: number;
}

function trained(
  run: OpenRun,
  candidate: Predicting,
  { train, round, derived: tree }: Round & { readonly derived: TreeRef | null },
  now: number,
): Step {
  const { seconds: before, config, version } = candidate.trained;
  const seconds = trialSeconds(run);
  return submit(
    run,
    {
      ...named(run, candidate, round),
      ...programOf(version),
      accelerators: version.accelerators,
      command: ['python', 'train.py'],
      data: train,
      inputs: tree === null ? {} : { derived: { tree, path: null } },
      overlay: { 'config.json': JSON.stringify(config) },
      variables: { ...FINAL_ONLY, MW_TIME_BUDGET_SECONDS: String(seconds) },
      wallSeconds: Math.round(Math.max(SECONDS_AT_LEAST, seconds * 1.2, before * PATIENCE)),
      reason: `${candidate.id} is trained without the labels of round ${round + 1}`,
    },
    now,
  );
}

function derived(run: OpenRun, candidate: Predicting, { train, round }: Round, now: number): Step {
  const seconds = trialSeconds(run);
  return submit(
    run,
    {
      id: deriveId(run, candidate, round),
      candidate: candidate.id,
      purpose: 'derive',
      ...programOf(candidate.trained.version),
      command: ['python', 'derive.py'],
      data: train,
      variables: { MW_SEED: DERIVE_SEED, MW_TIME_BUDGET_SECONDS: String(seconds) },
      wallSeconds: Math.max(SECONDS_AT_LEAST, seconds),
      reason: `${candidate.id} derives its data for round ${round + 1}`,
    },
    now,
  );
}

/** Nothing as long as a member lacks the round. */
function assembled(run: OpenRun, candidate: Predicting, { train, round }: Round, now: number): Step[] {
  const inputs: Job['inputs'] = {};
  for (const id of candidate.members ?? []) {
    const member = run.candidates[id];
    const tree = member === undefined ? null : roundModel(run, member, round);
    if (tree === null) return [];
    inputs[id] = { tree, path: null };
  }
  const order = {
    ...named(run, candidate, round),
    ...programOf(candidate.trained.version),
    command: ['python', 'assemble.py'],
    data: train,
    inputs,
    wallSeconds: ASSEMBLE_SECONDS,
    reason: `${candidate.id} is put together from round ${round + 1} of its members`,
  };
  return [submit(run, order, now)];
}

function named(run: OpenRun, candidate: Predicting, round: number) {
  return { id: roundId(run, candidate, round), candidate: candidate.id, purpose: 'round' as const };
}

const roundId = (run: OpenRun, { id, repairs }: Candidate, round: number) =>
  jobId(run, id, `round-${round}`, repairs + 1);
const deriveId = (run: OpenRun, { id, repairs }: Candidate, round: number) =>
  jobId(run, id, `derive-round-${round}`, repairs + 1);
