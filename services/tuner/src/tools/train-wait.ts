/** Waiting for trainings takes no slot of this process: the assignment stops, and any tuner goes on with it. */
import {
  answeredCalls,
  type Call,
  defineTool,
  failed,
  succeeded,
  type Tool,
  type ToolOutcome,
} from '@modelwright/agent';
import { z } from 'zod';
import { leanCurves, rounded } from '../core/lean-report.ts';
import type { Training } from '../core/training.ts';
import { notToldOf, type StartedTrial, startedTrials } from '../core/trials.ts';
import { lookAt } from '../look-at.ts';
import type { TunerSeat } from '../tuner.ts';

const args = z.object({
  jobs: z
    .array(z.string())
    .min(1)
    .max(100)
    .optional()
    .describe('ids that train_start has answered; by default all whose end you have not been told'),
  minutes: z.number().positive().optional().describe('wait no longer than that'),
});

/** Characters of standard error. */
const QUIET = 500;

export function trainWait(seat: TunerSeat): Tool {
  const answer = (asked: z.output<typeof args>, call: Call) => waitOrReport(seat, asked, call);
  return defineTool({
    name: 'train_wait',
    polls: true,
    description:
      'Waits until all these trainings have ended, or the minutes have passed; waiting costs nothing. Answers a JSON list: job, outcome (finished, failed, out-of-memory, timed-out, stalled, disk-full, cancelled, lost, refused, running), reason, seconds, oof {value, standardError, interval, rows} or null, folds (a score each), diagnosis (where it is wrong), problem (why there is no score), stderr, curves (by name, of all that the program reports beside these scores: a number, or points as [step, value]; of a long one some points, its count, lowest and highest; with notFinite where values were NaN or infinite). ' +
      'Scores are out of fold and computed by the harness on the same folds for every training. Curves are what the program says of itself; with `minutes` they show a training that still runs.',
    args,
    run: answer,
    resume: answer,
  });
}

async function waitOrReport(
  seat: TunerSeat,
  { jobs, minutes }: z.output<typeof args>,
  { transcript, at, now }: Call,
): Promise<ToolOutcome> {
  const started = startedTrials(answeredCalls(transcript));
  const unknown = (jobs ?? []).filter((job) => !started.some((trial) => trial.job === job));
  if (unknown.length > 0) return failed(`train_wait: not started by you: ${unknown.join(', ')}`);
  const until = minutes === undefined ? null : Math.round(at + minutes * 60_000);
  const waited =
    jobs === undefined
      ? notToldOf(answeredCalls(transcript))
      : started.filter(({ job }) => jobs.includes(job));
  if (waited.length === 0) return failed('train_wait: you have been told the end of all that you started');
  if ((until === null || now < until) && (await anyRunning(seat, waited))) {
    return { kind: 'wait', condition: { jobs: waited.map(({ job }) => job), until } };
  }
  const reports: unknown[] = [];
  for (const trial of waited) {
    const report = reportOn(await lookAt(seat, trial));
    const { metric } = seat.work.data.task;
    const scored = report.folds.length > 0;
    const curves = leanCurves(await seat.jobs.curves(trial.job), { metric, scored });
    reports.push({ ...report, curves });
  }
  return succeeded(JSON.stringify(rounded(reports)));
}

async function anyRunning({ jobs }: TunerSeat, trials: readonly StartedTrial[]): Promise<boolean> {
  const outcomes = await Promise.all(trials.map(({ job }) => jobs.outcome(job)));
  return outcomes.some((outcome) => outcome === null);
}

function reportOn(training: Training) {
  const { job, probe } = training;
  const what = probe === null ? { job } : { job, probe };
  if (training.state === 'running') {
    const nothing = { oof: null, folds: [], diagnosis: null, problem: 'it still runs', stderr: '' };
    return { ...what, outcome: 'running', reason: '', seconds: 0, ...nothing };
  }
  const { end: outcome, reason, seconds, oof, folds, diagnosis, problem } = training;
  // What a program that went well says on the way is noise, but for its end.
  const stderr = outcome === 'finished' ? training.stderr.slice(-QUIET) : training.stderr;
  return { ...what, outcome, reason, seconds, oof, folds, diagnosis, problem, stderr };
}
