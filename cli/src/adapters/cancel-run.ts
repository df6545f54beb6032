/** Asks a run to end, and waits until it says so. */
import type { Bus } from '@modelwright/bus';
import { cancelRequested, inboxSubject, type RunId, runLogSubject, runRecord } from '@modelwright/contracts';
import { unavailable } from '../core/problem.ts';
import { foldEntry, NEW_VIEW, type RunView, viewOf } from '../core/run-view.ts';
import { readRunLog } from './run-log.ts';

const PATIENCE_MS = 30_000;

/** What became of it, in words. */
export async function cancelRun(bus: Bus, run: RunId, reason: string): Promise<string> {
  const before = viewOf(await readRunLog(bus, run));
  if (before.end !== null) return `run ${run} had already ended: ${before.end.outcome}`;
  await bus.streams.publish({
    definition: cancelRequested,
    subject: inboxSubject(run),
    body: { type: 'cancel-requested', run, reason },
    messageId: `${run}:cancel`,
    run,
  });
  const view = await viewAtEnd(bus, run);
  if (view.end === null) {
    throw unavailable({
      message: `run ${run} has not ended within ${PATIENCE_MS / 1000} s; the request is kept and will be met`,
      remedy: 'modelwright ps shows whether a manager is running.',
    });
  }
  return view.end.outcome === 'cancelled'
    ? `run ${run} cancelled`
    : `run ${run} had already ${view.end.outcome}`;
}

async function viewAtEnd(bus: Bus, run: RunId): Promise<RunView> {
  let view = NEW_VIEW;
  const signal = AbortSignal.timeout(PATIENCE_MS);
  for await (const stored of bus.streams.follow('RUNS', runLogSubject(run), runRecord, { signal })) {
    view = foldEntry(view, stored);
    if (view.end !== null) break;
  }
  return view;
}
