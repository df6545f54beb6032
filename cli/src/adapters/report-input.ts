/** All that a report of a run is made of, as it lies on the server. */
import type { Bus } from '@modelwright/bus';
import { jobOutcome, type RunId, runOutcomesFilter } from '@modelwright/contracts';
import type { ReportInput } from '@modelwright/report';
import { rankedIn } from '../core/leaderboard.ts';
import type { RunView } from '../core/run-view.ts';
import { usedByAgents } from '../core/used-by-agents.ts';
import type { StoredRecord } from './run-log.ts';
import { trainingCurves } from './training-curves.ts';
import { readTranscripts } from './transcripts.ts';
import { VERSION } from './version.ts';

/** Candidates whose curves are shown: more lines could not be told apart. */
const WITH_CURVES = 5;

export async function reportInput(
  bus: Bus,
  run: RunId,
  { records, view }: { readonly records: readonly StoredRecord[]; readonly view: RunView },
): Promise<ReportInput> {
  const outcomes = await bus.streams.read('RESULTS', runOutcomesFilter(run), jobOutcome);
  return {
    run,
    modelwright: VERSION,
    log: records,
    outcomes: outcomes.map(({ body }) => body),
    curves: await trainingCurves(bus, shownTrainings(view)),
    used: usedByAgents(view, await readTranscripts(bus, run)),
  };
}

/** The chosen candidate, then the best others. */
function shownTrainings(view: RunView) {
  const chosen = view.delivery.winner?.candidate ?? view.best?.candidate;
  const first = rankedIn(view).toSorted((a, b) => Number(b.id === chosen) - Number(a.id === chosen));
  return first
    .flatMap(({ id, trained }) => (trained === null ? [] : [{ candidate: id, output: trained.output }]))
    .slice(0, WITH_CURVES);
}
