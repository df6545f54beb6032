/** Raises what models may cost in a run, and waits until the run says so. */
import { randomUUID } from 'node:crypto';
import type { Bus } from '@modelwright/bus';
import { budgetRaised, inboxSubject, type RunId, runLogSubject, runRecord } from '@modelwright/contracts';
import { type Cost, costOf } from '../core/cost.ts';
import { badInput, unavailable } from '../core/problem.ts';
import { foldEntry, NEW_VIEW, type RunView, viewOf } from '../core/run-view.ts';
import { usdText } from '../core/text/quantity.ts';
import { readRunLog } from './run-log.ts';

const PATIENCE_MS = 30_000;

/** What is not stated stays as it is. */
export interface RaisedBudget {
  readonly budgetUsd?: number | undefined;
  readonly budgetTokens?: number | undefined;
}

/** What became of it, in words. */
export async function resumeRun(bus: Bus, run: RunId, wanted: RaisedBudget): Promise<string[]> {
  const records = await readRunLog(bus, run);
  const cost = costOfOpen(run, viewOf(records));
  const { microUsd, tokens } = requireMore(cost, wanted);
  await bus.streams.publish({
    definition: budgetRaised,
    subject: inboxSubject(run),
    body: { type: 'budget-raised', run, microUsd, ...(tokens === null ? {} : { tokens }) },
    // A budget may be set to the same sum twice: after it was lowered, or by two people.
    messageId: `${run}:budget:${randomUUID()}`,
    run,
  });
  const view = await viewAfter(bus, run, records.at(-1)?.sequence ?? 0);
  if (view !== null) return outcomeLines(run, view);
  throw unavailable({
    message: `run ${run} has not answered within ${PATIENCE_MS / 1000} s; the request is kept and will be met`,
    remedy: 'modelwright ps shows whether a manager is running.',
  });
}

function costOfOpen(run: RunId, view: RunView): Cost {
  if (view.end === null) return costOf(view);
  throw badInput({
    message: `run ${run} has ended: ${view.end.outcome}`,
    remedy: `Its results: modelwright results ${run}`,
  });
}

/** Refuses what would change nothing, or leave nothing to spend. */
function requireMore(cost: Cost, { budgetUsd, budgetTokens }: RaisedBudget) {
  const microUsd = budgetUsd === undefined ? cost.capMicroUsd : Math.round(budgetUsd * 1e6);
  const tokens = budgetTokens ?? null;
  if (tokens === null && microUsd === cost.capMicroUsd) {
    throw badInput({
      message: `models may cost ${usdText(microUsd)} in this run already`,
      remedy: 'Say what they may cost altogether: --budget-usd, or --budget-tokens.',
    });
  }
  if (budgetUsd !== undefined && microUsd <= cost.spentMicroUsd) {
    throw badInput({
      message: `${usdText(cost.spentMicroUsd)} has been spent already, so a budget of ${usdText(microUsd)} leaves nothing`,
      remedy: '--budget-usd is what the run may cost altogether. Name more.',
    });
  }
  return { microUsd, tokens };
}

function outcomeLines(run: RunId, view: RunView): string[] {
  if (view.end !== null) return [`run ${run} had already ended: ${view.end.outcome}`];
  const { spentMicroUsd, capMicroUsd, capTokens } = costOf(view);
  const tokens = capTokens === null ? '' : ` and ${capTokens.toLocaleString('en-US')} tokens`;
  return [
    `run ${run}: models may now cost ${usdText(capMicroUsd)}${tokens} altogether, ${usdText(spentMicroUsd)} is spent`,
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
