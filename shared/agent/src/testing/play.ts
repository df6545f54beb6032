/** Assignments in a small world, delivered as bus and run actor would. */
import type { Assignment, Failure, Grant } from '@modelwright/contracts';
import type { ScriptedReply } from '@modelwright/llm/testing';
import type { Agent } from '../agent.ts';
import type { Ports } from '../ports.ts';
import { work } from '../work.ts';
import type { WorkEnd } from '../work-end.ts';
import { sampleAssignment } from './sample-assignment.ts';
import { Crash, type Pace, type SmallWorld } from './small-world.ts';

const STAYING = new AbortController().signal;

export interface Changes {
  readonly grant?: Partial<Grant>;
  readonly agent?: Partial<Agent>;
  readonly ports?: Partial<Ports>;
  readonly pace?: Pace;
  readonly leaving?: AbortSignal;
}

export function deliver(world: SmallWorld, changes: Changes = {}): Promise<WorkEnd> {
  const { agent, ports } = world.process(changes.pace);
  const order = {
    assignment: assignmentWith(changes.grant),
    agent: { ...agent, ...changes.agent },
  };
  return work(order, { ...ports, ...changes.ports }, changes.leaving ?? STAYING);
}

export function assignmentWith(grant: Partial<Grant> = {}): Assignment {
  return { ...sampleAssignment, grant: { ...sampleAssignment.grant, ...grant } };
}

/**
 * Delivers until it is finished: again after a crash, again when the model could not be reached, and when what it waits for
 * has ended. Counts the crashes.
 */
export async function play(world: SmallWorld, changes: Changes = {}): Promise<number> {
  let crashes = 0;
  for (;;) {
    const end = await deliver(world, changes).catch((error: unknown) => {
      if (!(error instanceof Crash)) throw error;
      crashes += 1;
      return null;
    });
    if (end?.kind === 'finished') return crashes;
    if (end?.kind === 'parked') {
      for (const { condition } of world.stops) for (const job of condition.jobs) world.ended.add(job);
      // A crash may have come between the record of a stop and its message: the delivery that follows stops anew.
    }
  }
}

export function outcomeOf(world: SmallWorld) {
  return world.finals.at(-1)?.outcome;
}

/** Null unless it failed. */
export function failureOf(world: SmallWorld): Failure | null {
  const outcome = outcomeOf(world);
  return outcome?.status === 'failed' ? outcome.failure : null;
}

export function calling(name: string, args: unknown = {}): ScriptedReply {
  return { calls: [{ name, args }] };
}

export function many(line: ScriptedReply): ScriptedReply[] {
  return Array.from({ length: 60 }, () => line);
}

/** What tools answered, in order. */
export function resultsOf({ transcript }: SmallWorld) {
  return transcript.records.filter((record) => record.type === 'result');
}

/** Requests that were made, in order. */
export function intentsOf({ transcript }: SmallWorld) {
  return transcript.records.filter((record) => record.type === 'intent');
}
