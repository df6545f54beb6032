/** Which program of a run a user means. */
import type { Bus } from '@modelwright/bus';
import { type RunId, runOutcomesFilter, runTelemetryFilter } from '@modelwright/contracts';
import { matchId } from '../core/match-id.ts';
import { badInput } from '../core/problem.ts';

/** By its id, its id without the run's, or the end of it. */
export async function resolveJob(bus: Bus, run: RunId, named: string): Promise<string> {
  const match = matchId(run, named, await jobsOf(bus, run));
  if (match.kind === 'one') return match.id;
  if (match.kind === 'many') {
    throw badInput({
      message: `"${named}" may be any of ${match.ids.join(', ')}`,
      remedy: 'Write more of the id.',
    });
  }
  throw badInput({
    message: `run ${run} has no program "${named}" that wrote or ended`,
    remedy: match.near === null ? `modelwright logs ${run} names them all.` : `Did you mean ${match.near}?`,
  });
}

/** `mw.v1.tel.<run>.<job>.…` and `mw.v1.done.<run>.<job>`: the job stands at the same place in both. */
async function jobsOf(bus: Bus, run: RunId): Promise<string[]> {
  const subjects = [
    ...(await bus.streams.subjects('TELEMETRY', runTelemetryFilter(run))),
    ...(await bus.streams.subjects('RESULTS', runOutcomesFilter(run))),
  ];
  return [...new Set(subjects.flatMap((subject) => subject.split('.').slice(4, 5)))].sort();
}
