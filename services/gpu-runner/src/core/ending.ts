/** Endings and outcomes as data. */
import type { Job, JobOutcome } from '@modelwright/contracts';
import type { Ending } from './job-state.ts';

/** Of a job whose program did not run, or did not run to an end that anybody saw. */
export function endingWithoutProgram(
  end: 'cancelled' | 'refused' | 'lost',
  reason: string,
  now: number,
): Ending {
  return {
    end,
    reason,
    exitCode: null,
    signal: null,
    startedAt: now,
    endedAt: now,
    wallSeconds: 0,
    cpuSeconds: 0,
    maxRssBytes: 0,
    exhausted: null,
    suspect: null,
    isolation: { level: 'contained', notes: ['no program was running'] },
  };
}

export interface Collected {
  readonly output: JobOutcome['output'];
  /** Sentences to add to the reason. */
  readonly remarks: readonly string[];
  readonly stdoutTail: string;
  readonly stderrTail: string;
  readonly stopRule: JobOutcome['stopRule'];
  readonly use: JobOutcome['use'];
  readonly assets: JobOutcome['assets'];
  readonly environment: JobOutcome['environment'];
}

export function outcomeOf(
  job: Job,
  by: { readonly attempt: number; readonly runner: string },
  ending: Ending,
  collected: Collected,
): JobOutcome {
  const { remarks, ...rest } = collected;
  const { suspect: _, ...known } = ending;
  const reason = [ending.reason, ...remarks].join('; ');
  return { ...known, job: job.id, run: job.run, ...by, ...rest, reason };
}

/** Of a job that the runner could not handle: nothing but why. */
export function lostOutcome(
  job: Job,
  by: { readonly attempt: number; readonly runner: string },
  reason: string,
  now: number,
): JobOutcome {
  return outcomeOf(job, by, endingWithoutProgram('lost', reason, now), {
    output: null,
    remarks: [],
    stdoutTail: '',
    stderrTail: '',
    stopRule: null,
    use: null,
    assets: [],
    environment: null,
  });
}
