/** Which program of a run a user means. */
import type { Bus } from '@modelwright/bus';
import { type RunId, runOutcomesFilter, runTelemetryFilter } from '@modelwright/contracts';
import { nearest } from '../core/nearest.ts';
import { badInput } from '../core/problem.ts';

/** By its id, its id without the run's, or the end of it. */
export async function resolveJob(bus: Bus, run: RunId, named: string): Promise<string> {
  const jobs = await jobsOf(bus, run);
  const exact = jobs.find((job) => job === named || job === `${run}_${named}`);
  if (exact !== undefined) return exact;
  const matches = jobs.filter((job) => job.endsWith(named));
  const [only, another] = matches;
  if (only !== undefined && another === undefined) return only;
  if (another !== undefined) {
    throw badInput({
      message: `"${named}" may be any of ${matches.join(', ')}`,
      remedy: 'Write more of the id.',
    });
  }
  const near = nearest(`${run}_${named}`, jobs);
  throw badInput({
    message: `run ${run} has no program "${named}" that wrote or ended`,
    remedy: near === null ? `modelwright logs ${run} names them all.` : `Did you mean ${near}?`,
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
