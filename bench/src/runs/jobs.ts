/** The jobs of a run: when each was asked for, when its program ran, when its outcome was known. Pure. */
import type { JobOutcome } from '@modelwright/contracts';
import type { History, Timed } from './history.ts';
import { ongoing } from './intervals.ts';

export interface TimedJob {
  readonly job: string;
  /**
   * When whoever wanted it had sent it: the time of the record that is written next to the sending. For the manager's
   * jobs that is the decision, for an agent's the tool call's stop or result.
   */
  readonly asked: number;
  /** When its supervisor began, by the supervisor's clock. */
  readonly started: number;
  readonly ended: number;
  /** When its outcome was in RESULTS. */
  readonly told: number;
  /** Programs that were running when it was asked for. */
  readonly beside: number;
  /** Whether a Python environment of its own was to be built for it. */
  readonly ownEnvironment: boolean;
}

/** Jobs that were executed, at the first attempt; in order of their start. */
export function jobsOf(history: History): TimedJob[] {
  const asked = new Map([...askedByManager(history), ...askedByAgents(history)]);
  const built = withOwnEnvironment(history);
  const executed = [...history.outcomes.values()].filter(({ body }) => wasExecuted(body));
  const running = executed.map(({ body }) => ({ from: body.startedAt, to: body.endedAt }));
  return executed
    .flatMap(({ time, body }) => {
      const at = asked.get(body.job);
      if (at === undefined) return [];
      const { job, startedAt: started, endedAt: ended } = body;
      const beside = ongoing(running, at);
      return [{ job, asked: at, started, ended, told: time, beside, ownEnvironment: built.has(job) }];
    })
    .toSorted((a, b) => a.started - b.started);
}

const wasExecuted = ({ attempt, endedAt, startedAt }: JobOutcome) => attempt === 1 && endedAt > startedAt;

function* askedByManager({ records }: History): Iterable<[string, number]> {
  for (const { time, body } of records) {
    for (const effect of body.effects) if (effect.type === 'submit-job') yield [effect.job.id, time];
  }
}

/** Only the manager asks for such jobs, to prove the deliverable. */
function withOwnEnvironment({ records }: History): ReadonlySet<string> {
  const jobs = records
    .flatMap(({ body }) => body.effects)
    .flatMap((effect) => (effect.type === 'submit-job' ? [effect.job] : []));
  return new Set(jobs.filter(({ environment }) => environment.kind !== 'base').map(({ id }) => id));
}

/** A job's id ends in the turn and the call that asked for it. */
function* askedByAgents({ transcripts, outcomes }: History): Iterable<[string, number]> {
  for (const job of outcomes.keys()) {
    const [, assignment, turn, call] = /^(.+)_(\d+)_(\d+)$/.exec(job) ?? [];
    const answer = transcripts.get(assignment ?? '')?.find(isAnswer(Number(turn), Number(call)));
    if (answer !== undefined) yield [job, answer.time];
  }
}

const isAnswer =
  (turn: number, call: number) =>
  ({ body }: Timed<{ type: string; turn?: number; call?: number }>) =>
    (body.type === 'parked' || body.type === 'result') && body.turn === turn && body.call === call;
