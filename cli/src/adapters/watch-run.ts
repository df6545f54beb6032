/** Follows a run's log and shows it, until it ends or the watcher leaves. */
import type { Bus } from '@modelwright/bus';
import { type RunId, runLogSubject, runRecord } from '@modelwright/contracts';
import type { Output } from '../core/output.ts';
import { runBlock } from '../core/run-block.ts';
import { foldEntry, NEW_VIEW, type RunView } from '../core/run-view.ts';
import { eventText } from '../core/text/event.ts';
import { clockText } from '../core/text/quantity.ts';
import type { StoredRecord } from './run-log.ts';

export interface Watch {
  readonly run: RunId;
  readonly output: Output;
  /** This command is leaving; the run goes on. */
  readonly leaving: AbortSignal;
  /** Called after each record that brought a new submission. */
  onSubmission(view: RunView): Promise<void>;
}

const REDRAW_MS = 1000;
const UNCLAIMED_MS = 20_000;
const LOST = 'Connection to the bus lost; waiting for it to come back.';

/** The view at the end of the run, or where it stood when the watcher left. */
export async function watchRun(bus: Bus, watch: Watch): Promise<RunView> {
  const { run, output } = watch;
  let view = NEW_VIEW;
  const connection = new ConnectionNews(bus, output);
  const draw = () => output.block(blockOf(run, view, output.width));
  const everySecond = setInterval(() => {
    connection.tell();
    draw();
  }, REDRAW_MS);
  const unclaimed = setTimeout(() => tellUnclaimed(view, output), UNCLAIMED_MS);
  try {
    for await (const stored of bus.streams.follow('RUNS', runLogSubject(run), runRecord, {
      signal: watch.leaving,
    })) {
      const before = view;
      view = foldEntry(view, stored);
      if (view === before) continue;
      tell(output, run, stored);
      draw();
      if (view.best?.submission != null && view.best !== before.best) await watch.onSubmission(view);
      if (view.end !== null) break;
    }
    return view;
  } finally {
    clearInterval(everySecond);
    clearTimeout(unclaimed);
    output.endBlock();
  }
}

/** Says once that the connection is lost, and once that it is back. */
class ConnectionNews {
  readonly #bus: Bus;
  readonly #output: Output;
  #lost = false;

  constructor(bus: Bus, output: Output) {
    this.#bus = bus;
    this.#output = output;
  }

  tell(): void {
    const lost = !this.#bus.status().connected;
    if (lost === this.#lost) return;
    this.#lost = lost;
    this.#output.note(lost ? LOST : 'Connected to the bus again.');
  }
}

function tell(output: Output, run: RunId, { sequence, body }: StoredRecord): void {
  output.record({ type: 'record', run, sequence, at: body.at, reason: body.reason, events: body.events });
  if (output.mode === 'live') return;
  for (const event of body.events) {
    const text = eventText(event);
    if (text !== null) output.say(`${clockText(body.at)}  ${text}`);
  }
}

function blockOf(run: RunId, view: RunView, width: number): string[] {
  return [...runBlock(view, { run, now: Date.now(), width }), 'Ctrl-C stops watching; the run goes on.'];
}

function tellUnclaimed(view: RunView, output: Output): void {
  if (view.last > 0) return;
  output.warn('No manager has taken the run up yet. modelwright ps shows whether one is running.');
}
