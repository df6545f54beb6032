/** Raises what models may cost in a run, and waits until the run says so. */
import { randomUUID } from 'node:crypto';
import type { Bus } from '@modelwright/bus';
import { budgetRaised, inboxSubject, type RunId, runLogSubject, runRecord } from '@modelwright/contracts';
import { costOf } from '../core/cost.ts';
import { badInput, unavailable } from '../core/problem.ts';
import { foldEntry, NEW_VIEW, type RunView, viewOf } from '../core/run-view.ts';
import { usdText } from '../core/text/quantity.ts';
import { readRunLog } from './run-log.ts';

const PATIENCE_MS = 30_000;

/** What became of it, in words. */
export async function resumeRun(bus: Bus, run: RunId, microUsd: number): Promise<string[]> {
  const records = await readRunLog(bus, run);
  refuseUseless(run, viewOf(records), microUsd);
  const { sequence } = await bus.streams.publish({
    definition: budgetRaised,
    subject: inboxSubject(run),
    body: { type: 'budget-raised', run, microUsd },
    // A budget may be raised to the same sum twice: after it was lowered, or by two people.
    messageId: `${run}:budget:${randomUUID()}`,
    run,
  });
  const view = await viewAfter(bus, run, records.at(-1)?.sequence ?? 0);
  if (view === null) {
    throw unavailable({
      message: `run ${run} has not answered within ${PATIENCE_MS / 1000} s; the request (${sequence}) is kept and will be met`,
      remedy: 'modelwright ps shows whether a manager is running.',
    });
  }
  return outcomeLines(run, view);
}

function refuseUseless(run: RunId, view: RunView, microUsd: number): void {
  if (view.end !== null) {
    throw badInput({
      message: `run ${run} has ended: ${view.end.outcome}`,
      remedy: `Its results: modelwright results ${run}`,
    });
  }
  const { spentMicroUsd } = costOf(view);
  if (microUsd > spentMicroUsd) return;
  throw badInput({
    message: `${usdText(spentMicroUsd)} has been spent already, so a budget of ${usdText(microUsd)} leaves nothing`,
    remedy: '--budget-usd is what the run may cost altogether. Name more.',
  });
}

function outcomeLines(run: RunId, view: RunView): string[] {
  const { spentMicroUsd, capMicroUsd } = costOf(view);
  if (view.end !== null) return [`run ${run} had already ended: ${view.end.outcome}`];
  return [
    `run ${run}: models may now cost ${usdText(capMicroUsd)} altogether, ${usdText(spentMicroUsd)} of it is spent`,
    `  follow it:  modelwright logs -f ${run}`,
  ];
}

/** The view once the budget is said to be raised, or the run has ended; null when neither came in time. */
async function viewAfter(bus: Bus, run: RunId, before: number): Promise<RunView | null> {
  let view = NEW_VIEW;
  const signal = AbortSignal.timeout(PATIENCE_MS);
  for await (const stored of bus.streams.follow('RUNS', runLogSubject(run), runRecord, { signal })) {
    view = foldEntry(view, stored);
    const raised = stored.body.events.some((event) => event.type === 'budget-raised');
    if (view.end !== null || (raised && stored.sequence > before)) return view;
  }
  return null;
}
