/** From the command line to the first training, step by step. Pure. */
import type { History } from './history.ts';
import { jobsOf, type TimedJob } from './jobs.ts';

export interface Step {
  readonly step: string;
  readonly milliseconds: number;
}

/**
 * The steps in order; together they last from the start of the command line to the start of the first training's
 * supervisor. Null when no training was started, or its candidate was not checked before.
 *
 * @param commanded When the command line was started, milliseconds since the epoch.
 */
export function stepsToFirstTraining(commanded: number, history: History): Step[] | null {
  const jobs = jobsOf(history);
  const training = jobs.find(({ job }) => roleOf(history, job) === 'tuner');
  if (training === undefined) return null;
  const candidate = opening(history, training.job)?.candidate;
  const checks = jobs.filter(
    ({ job }) => roleOf(history, job) === 'coder' && opening(history, job)?.candidate === candidate,
  );
  const submitted = history.records[0]?.time;
  const prepared = timeOf(history, 'data-prepared');
  const [first, last] = [checks[0], checks.at(-1)];
  const implemented = implementedAt(history, candidate);
  if (first === undefined || last === undefined || implemented === undefined) return null;
  if (submitted === undefined || prepared === undefined) return null;
  return between([
    ['', commanded],
    ['command line: check the data, upload, submit', submitted],
    ['setup: split, card, datasets', prepared],
    ['coder writes the candidate', first.asked],
    ['its check is dispatched', first.started],
    ['its check runs', last.ended],
    ['coder hands over', implemented],
    ['tuner asks for a training', training.asked],
    ['the training is dispatched', training.started],
  ]);
}

function between(moments: readonly (readonly [step: string, at: number])[]): Step[] {
  return moments
    .slice(1)
    .map(([step, at], place) => ({ step, milliseconds: at - (moments[place]?.[1] ?? at) }));
}

interface Opening {
  readonly role: string;
  readonly candidate: string;
}

/** Of the assignment that asked for the job. */
function opening({ records }: History, job: TimedJob['job']): Opening | undefined {
  for (const { body } of records) {
    for (const event of body.events) {
      if (event.type === 'assignment-opened' && job.startsWith(`${event.assignment}_`)) return event;
    }
  }
  return undefined;
}

const roleOf = (history: History, job: string) => opening(history, job)?.role;

function timeOf({ records }: History, type: string): number | undefined {
  return records.find(({ body }) => body.events.some((event) => event.type === type))?.time;
}

function implementedAt({ records }: History, candidate: string | undefined): number | undefined {
  return records.find(({ body }) =>
    body.events.some((event) => event.type === 'candidate-implemented' && event.candidate === candidate),
  )?.time;
}
