/** Jobs of one run, as agents see them: submit, look at the outcome, cancel. */
import type { Bus } from '@modelwright/bus';
import {
  type Job,
  type JobOutcome,
  jobControl,
  jobControlKey,
  job as jobMessage,
  jobOutcome,
  jobOutcomeSubject,
  jobSubject,
  type RunId,
} from '@modelwright/contracts';
import { type Curve, readCurves } from './job-curves.ts';

export interface JobDesk {
  /** Submitting the same job again changes nothing: a runner looks whether it was done. */
  submit(job: Job): Promise<void>;
  /** Null while it has not ended. */
  outcome(job: string): Promise<JobOutcome | null>;
  /** What it has reported so far. */
  curves(job: string): Promise<Curve[]>;
  /** Its outcome follows when the runner has ended it. */
  cancel(job: string, reason: string): Promise<void>;
}

export function jobDesk(bus: Bus, run: RunId, cause: string): JobDesk {
  const control = bus.records('control', jobControl);
  return {
    submit: async (job) => {
      const subject = jobSubject(job.class, job.priority, run);
      await bus.streams.publish({
        definition: jobMessage,
        subject,
        body: job,
        messageId: job.id,
        cause,
        run,
      });
    },
    outcome: async (job) => {
      const stored = await bus.streams.last('RESULTS', jobOutcomeSubject(run, job), jobOutcome);
      return stored?.body ?? null;
    },
    curves: (job) => readCurves(bus.streams, run, job),
    cancel: async (job, reason) => {
      await control.put(jobControlKey(job), { job, desired: 'cancelled', reason });
    },
  };
}
