/** The candidate's check, as a job: no program of a candidate ever runs in an agent's process. */
import {
  type Call,
  defineTool,
  failed,
  stepTitle,
  succeeded,
  type Tool,
  type ToolOutcome,
} from '@modelwright/agent';
import { candidateJob, smallFile } from '@modelwright/agent-host';
import type { JobOutcome } from '@modelwright/contracts';
import { z } from 'zod';
import type { CoderSeat } from '../coder.ts';
import { type CheckReport, checkFile } from '../core/check-report.ts';
import { DERIVE_SCRIPT } from '../core/derivation.ts';
import { derivationOf, isUpToDate } from '../derivations.ts';

const WALL_SECONDS = 300;
const MOST_STDERR = 6000;
const MOST_STDOUT = 2000;

export function checkCandidate(seat: CoderSeat): Tool {
  return defineTool({
    name: 'check_candidate',
    description:
      'Runs the candidate in a sandbox on a small part of the data: train.py, then inference.py on rows it has not seen, and checks all they leave against the contract. ' +
      'Answers JSON: passed, seconds, problems [{where, message}], outcome, reason, stdout, stderr. Takes seconds; run it after every change that matters.',
    args: z.object({}),
    run: (_args, call) => submit(seat, call),
    resume: (_args, call) => report(seat, call),
  });
}

async function submit(seat: CoderSeat, call: Call): Promise<ToolOutcome> {
  const { assignment, work, cpus, jobs, tree } = seat;
  const stale = await staleDerived(seat);
  if (stale !== null) return failed(`check_candidate: ${stale}`);
  const saved = await tree.save(stepTitle(call.assignment, call.turn, 'check_candidate'), call.at);
  if (saved.kind === 'refused') return failed(`check_candidate: ${saved.reason}`);
  const job = candidateJob(assignment, cpus, {
    id: call.jobId,
    purpose: 'smoke',
    priority: 'high',
    version: saved.version,
    command: ['python', '-m', 'mw.check'],
    data: work.data.datasets.train,
    wallSeconds: WALL_SECONDS,
    variables: { MW_SMOKE: '1', MW_TIME_BUDGET_SECONDS: '60' },
  });
  await jobs.submit(job);
  return { kind: 'wait', condition: { jobs: [call.jobId], until: null } };
}

/** Why the derived data are not the script's; null when they are. Without a script there are none any more. */
async function staleDerived(seat: CoderSeat): Promise<string | null> {
  const { derived } = seat.tree;
  if (derived === undefined) return null;
  const wanted = await derivationOf(seat);
  if (wanted === null) seat.tree.trainWith(null);
  if (wanted === null || (await isUpToDate(seat, wanted, derived))) return null;
  return `${DERIVE_SCRIPT} or its environment has changed since derive_data: call that again, or empty the script`;
}

async function report(seat: CoderSeat, { jobId }: Call): Promise<ToolOutcome> {
  const outcome = await seat.jobs.outcome(jobId);
  if (outcome === null) return { kind: 'wait', condition: { jobs: [jobId], until: null } };
  // The files are those that the check was asked for; what was decided then is decided again.
  await staleDerived(seat);
  return succeeded(JSON.stringify(await reportOn(seat, outcome)));
}

async function reportOn({ store }: CoderSeat, outcome: JobOutcome): Promise<CheckReport> {
  const { end, reason, output, wallSeconds, stdoutTail, stderrTail } = outcome;
  const file = output === null ? null : await smallFile(store, output, 'check.json');
  const check = file === null ? null : readCheck(file);
  return {
    passed: end === 'finished' && check?.passed === true,
    seconds: check?.seconds ?? wallSeconds,
    problems: check?.problems ?? [{ where: 'check', message: `it left no report: ${reason}` }],
    outcome: end,
    reason,
    stdout: stdoutTail.slice(-MOST_STDOUT),
    stderr: stderrTail.slice(-MOST_STDERR),
  };
}

/** Null for what is not a report: the sandbox is not trusted to leave one. */
function readCheck(text: string): z.infer<typeof checkFile> | null {
  try {
    return checkFile.parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}
