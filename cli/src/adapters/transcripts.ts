/** What agents said and did, as it lies on the server. */
import type { Bus } from '@modelwright/bus';
import { type RunId, type TurnRecord, turnRecord, turnSubject } from '@modelwright/contracts';
import { matchId } from '../core/match-id.ts';
import { badInput } from '../core/problem.ts';

/** By assignment, in the order they were begun. */
export type Transcripts = ReadonlyMap<string, readonly TurnRecord[]>;

export async function readTranscripts(bus: Bus, run: RunId): Promise<Transcripts> {
  const found = new Map<string, TurnRecord[]>();
  for (const { subject, body } of await bus.streams.read('TURNS', turnSubject(run, '*'), turnRecord)) {
    const assignment = subject.split('.').at(-1) ?? '';
    const records = found.get(assignment);
    if (records === undefined) found.set(assignment, [body]);
    else records.push(body);
  }
  return found;
}

/** The assignment a user means, among those that have a transcript. */
export function resolveAssignment(run: RunId, named: string, known: readonly string[]): string {
  const match = matchId(run, named, known);
  if (match.kind === 'one') return match.id;
  if (match.kind === 'many') {
    throw badInput({
      message: `"${named}" may be any of ${match.ids.join(', ')}`,
      remedy: 'Write more of the id.',
    });
  }
  throw badInput({
    message: `run ${run} has no assignment "${named}" that an agent has taken up`,
    remedy:
      match.near === null
        ? `modelwright transcript ${run} lists them all.`
        : `Did you mean ${match.near}? modelwright transcript ${run} lists them all.`,
  });
}
