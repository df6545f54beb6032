/**
 * What the orchestrator itself takes, step by step, in milliseconds. Pure. docs/benchmarks.md defines each.
 *
 *   outcome or transcript's end ─ decision ─► record ─ … ─► taken ─ turn ─► job asked for ─ dispatch ─► program runs ─ report ─► outcome
 */
import type { TurnRecord } from '@modelwright/contracts';
import type { History, Timed } from './history.ts';
import { jobsOf, type TimedJob } from './jobs.ts';

export interface Overheads {
  /** From a message's cause being stored to the decision upon it being stored. */
  readonly decisions: readonly number[];
  /** From a decision that sends an assignment, or sends it again, to the first record of who took it. */
  readonly assignments: readonly number[];
  /** An agent's turns by the tools it called, without model and waiting. */
  readonly turns: ReadonlyMap<string, readonly number[]>;
  /** From a job being asked for to its program's start, where a slot was free all the while. */
  readonly dispatches: readonly number[];
  /** The same, of jobs that an environment was to be built for. */
  readonly dispatchesWithEnvironment: readonly number[];
  /** Jobs that may have waited for a slot, left out of both. */
  readonly queued: number;
  /** From a program's end to its outcome being stored. */
  readonly reports: readonly number[];
}

/** @param slots Programs that run at once on all runners, without the slots kept for short jobs. */
export function overheadsOf(history: History, slots: number): Overheads {
  const jobs = jobsOf(history);
  const free = jobs.filter(({ beside }) => beside < slots);
  return {
    decisions: decisionsOf(history),
    assignments: assignmentsOf(history),
    turns: turnsOf(history),
    dispatches: free.filter(({ ownEnvironment }) => !ownEnvironment).map(dispatchOf),
    dispatchesWithEnvironment: free.filter(({ ownEnvironment }) => ownEnvironment).map(dispatchOf),
    queued: jobs.length - free.length,
    reports: jobs.map(({ ended, told }) => told - ended),
  };
}

const dispatchOf = ({ asked, started }: TimedJob) => started - asked;

function decisionsOf(history: History): number[] {
  const causes = new Map(causesOf(history));
  return history.records.flatMap(({ time, body }) => {
    const cause = causes.get(body.cause.messageId);
    return cause === undefined ? [] : [time - cause];
  });
}

/** Message ids of what tells the run something, and when that was stored. */
function* causesOf({ outcomes, transcripts }: History): Iterable<[string, number]> {
  for (const [job, { time }] of outcomes) yield [`job-finished:${job}`, time];
  for (const [assignment, transcript] of transcripts) {
    for (const { time, body } of transcript) {
      if (body.type === 'finished') yield [`${assignment}:finished`, time];
      if (body.type === 'parked') yield [`${assignment}:parked:${body.stop}`, time];
    }
  }
}

function assignmentsOf({ records, transcripts }: History): number[] {
  const found: number[] = [];
  for (const { time, body } of records) {
    for (const effect of body.effects) {
      const id = assignmentIn(effect);
      const taken = transcripts.get(id)?.find((turn) => turn.body.type === 'taken' && turn.time >= time);
      if (taken !== undefined) found.push(taken.time - time);
    }
  }
  return found;
}

function assignmentIn(effect: History['records'][number]['body']['effects'][number]): string {
  if (effect.type === 'assign') return effect.assignment.id;
  return effect.type === 'resume' ? effect.assignment : '';
}

function turnsOf({ transcripts }: History): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const transcript of transcripts.values()) {
    for (const { tools, milliseconds } of turnsIn(transcript)) {
      const known = found.get(tools) ?? [];
      found.set(tools, [...known, milliseconds]);
    }
  }
  return found;
}

interface Turn {
  readonly tools: string;
  readonly milliseconds: number;
}

/** A turn lasts from the record before its intent to its last record. */
function turnsIn(transcript: readonly Timed<TurnRecord>[]): Turn[] {
  const turns: Turn[] = [];
  const starts = transcript.flatMap(({ body }, place) => (body.type === 'intent' ? [place] : []));
  for (const [n, start] of starts.entries()) {
    const before = transcript[start - 1];
    const rest = transcript.slice(start, starts[n + 1]);
    const [intent, reply] = [rest[0], rest.find(({ body }) => body.type === 'reply')];
    const last = rest.at(-1);
    if (before === undefined || intent === undefined || last === undefined) continue;
    if (reply?.body.type !== 'reply') continue;
    const model = reply.body.at - intent.time;
    const tools = reply.body.calls.map(({ name }) => name).join(' + ') || 'no tool';
    turns.push({ tools, milliseconds: last.time - before.time - Math.max(0, model) - waitingIn(rest) });
  }
  return turns;
}

/** From each stop to where the assignment was taken up again. */
function waitingIn(records: readonly Timed<TurnRecord>[]): number {
  return records.reduce((sum, { time, body }, place) => {
    const next = records[place + 1];
    return body.type === 'parked' && next !== undefined ? sum + next.time - time : sum;
  }, 0);
}
