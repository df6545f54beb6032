/** Asks a run to deliver the best it has, and waits until it says that it will. */
import type { Bus } from '@modelwright/bus';
import { finishRequested, inboxSubject, type RunId, runLogSubject, runRecord } from '@modelwright/contracts';
import { unavailable } from '../core/problem.ts';
import { foldEntry, NEW_VIEW, type RunView, viewOf } from '../core/run-view.ts';
import { readRunLog } from './run-log.ts';

const PATIENCE_MS = 30_000;

export interface Finish {
  readonly reason: string;
  readonly refit: boolean;
}

/** What will come of it, in words. */
export async function finishRun(bus: Bus, run: RunId, { reason, refit }: Finish): Promise<string> {
  const before = viewOf(await readRunLog(bus, run));
  if (before.end !== null) return `run ${run} had already ended: ${before.end.outcome}`;
  await bus.streams.publish({
    definition: finishRequested,
    subject: inboxSubject(run),
    body: { type: 'finish-requested', run, reason, refit },
    messageId: `${run}:finish:${refit ? 'refit' : 'as-it-is'}`,
    run,
  });
  const view = await viewOnceAsked(bus, run);
  if (view === null) {
    throw unavailable({
      message: `run ${run} has not answered within ${PATIENCE_MS / 1000} s; the request is kept and will be met`,
      remedy: 'modelwright ps shows whether a manager is running.',
    });
  }
  return view.best === null
    ? `run ${run} delivers the first candidate that is scored: nothing is yet`
    : `run ${run} delivers ${view.best.candidate}; modelwright results ${run} fetches it once it is verified`;
}

/** As it is when the request has arrived; null where it does not in time. */
async function viewOnceAsked(bus: Bus, run: RunId): Promise<RunView | null> {
  let view = NEW_VIEW;
  const signal = AbortSignal.timeout(PATIENCE_MS);
  for await (const stored of bus.streams.follow('RUNS', runLogSubject(run), runRecord, { signal })) {
    view = foldEntry(view, stored);
    const asked = stored.body.events.some(({ type }) => type === 'finish-requested');
    if (asked || view.end !== null) return view;
  }
  return null;
}
