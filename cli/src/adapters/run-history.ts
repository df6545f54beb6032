/** The history of a run, or of one of its programs, from the streams that hold it, in the order of time. */
import type { Bus, Stored, StreamName } from '@modelwright/bus';
import {
  type BodyOf,
  jobOutcome,
  jobOutcomeSubject,
  logReported,
  metricsReported,
  type RunId,
  runLogSubject,
  runRecord,
  runTelemetryFilter,
  turnRecord,
  turnSubject,
} from '@modelwright/contracts';
import { decisionLines, outcomeLines, ProgramOutput, turnLines } from '../core/history.ts';
import { merged } from './merged.ts';

export interface HistoryEntry {
  /** Milliseconds since the epoch, by the server's clock. */
  readonly time: number;
  readonly lines: readonly string[];
  readonly json: unknown;
  /** Nothing comes after it. */
  readonly isLast: boolean;
}

type Telemetry = BodyOf<typeof logReported> | BodyOf<typeof metricsReported>;

/** One reader per command: it remembers what was read and shown. */
export class RunHistory {
  readonly #bus: Bus;
  readonly #run: RunId;
  /** Null: everything. */
  readonly #job: string | null;
  readonly #output = new ProgramOutput();
  readonly #read = new Map<StreamName, number>();

  constructor(bus: Bus, run: RunId, job: string | null) {
    this.#bus = bus;
    this.#run = run;
    this.#job = job;
  }

  /** All there is now. */
  async soFar(): Promise<HistoryEntry[]> {
    const { streams } = this.#bus;
    const telemetry = await streams.read('TELEMETRY', this.#telemetryFilter, [logReported, metricsReported]);
    const entries = telemetry.map((stored) => this.#telemetry(stored));
    if (this.#job !== null) {
      const outcome = await streams.read('RESULTS', jobOutcomeSubject(this.#run, this.#job), jobOutcome);
      return [...entries, ...outcome.map((stored) => this.#outcome(stored))];
    }
    const decisions = await streams.read('RUNS', runLogSubject(this.#run), runRecord);
    const turns = await streams.read('TURNS', turnSubject(this.#run, '*'), turnRecord);
    entries.push(
      ...decisions.map((stored) => this.#decision(stored)),
      ...turns.map((stored) => this.#turn(stored)),
    );
    return entries.toSorted((a, b) => a.time - b.time);
  }

  /** What comes after `soFar`, until the last entry or the signal. */
  async *toCome(signal: AbortSignal): AsyncGenerator<HistoryEntry> {
    const stop = new AbortController();
    const either = AbortSignal.any([signal, stop.signal]);
    try {
      for await (const entry of merged(this.#sources(either))) {
        yield entry;
        if (entry.isLast) return;
      }
    } finally {
      stop.abort();
    }
  }

  #sources(signal: AbortSignal): AsyncIterable<HistoryEntry>[] {
    const { streams } = this.#bus;
    const after = (stream: StreamName) => ({ after: this.#read.get(stream) ?? 0, signal });
    const telemetry = mapped(
      streams.follow('TELEMETRY', this.#telemetryFilter, [logReported, metricsReported], after('TELEMETRY')),
      (stored) => this.#telemetry(stored),
    );
    if (this.#job !== null) {
      const subject = jobOutcomeSubject(this.#run, this.#job);
      const outcome = streams.follow('RESULTS', subject, jobOutcome, after('RESULTS'));
      return [telemetry, mapped(outcome, (stored) => this.#outcome(stored))];
    }
    const decisions = streams.follow('RUNS', runLogSubject(this.#run), runRecord, after('RUNS'));
    const turns = streams.follow('TURNS', turnSubject(this.#run, '*'), turnRecord, after('TURNS'));
    return [
      telemetry,
      mapped(decisions, (stored) => this.#decision(stored)),
      mapped(turns, (stored) => this.#turn(stored)),
    ];
  }

  get #telemetryFilter(): string {
    const all = runTelemetryFilter(this.#run);
    return this.#job === null ? all : all.replace(/>$/, `${this.#job}.>`);
  }

  #decision(stored: Stored<BodyOf<typeof runRecord>>): HistoryEntry {
    const isLast = stored.body.events.some((event) => event.type === 'run-ended');
    return this.#entry('RUNS', 'decision', stored, {
      lines: decisionLines(stored.time, stored.body),
      isLast,
    });
  }

  #turn(stored: Stored<BodyOf<typeof turnRecord>>): HistoryEntry {
    const assignment = this.#short(stored.subject.split('.').at(-1) ?? '');
    return this.#entry('TURNS', 'turn', stored, { lines: turnLines(assignment, stored.body), isLast: false });
  }

  #telemetry(stored: Stored<Telemetry>): HistoryEntry {
    const { body } = stored;
    const job = this.#short(body.job);
    const lines =
      'lines' in body ? this.#output.logLines(stored.time, body, job) : this.#output.metricLines(body, job);
    return this.#entry('TELEMETRY', 'telemetry', stored, { lines, isLast: false });
  }

  #outcome(stored: Stored<BodyOf<typeof jobOutcome>>): HistoryEntry {
    return this.#entry('RESULTS', 'outcome', stored, {
      lines: outcomeLines(stored.time, stored.body),
      isLast: true,
    });
  }

  #entry(
    stream: StreamName,
    type: string,
    { subject, sequence, time, body }: Stored<object>,
    shown: Pick<HistoryEntry, 'lines' | 'isLast'>,
  ): HistoryEntry {
    this.#read.set(stream, Math.max(sequence, this.#read.get(stream) ?? 0));
    const lines = shown.lines.map((line) => line.replaceAll(`${this.#run}_`, ''));
    return { lines, isLast: shown.isLast, time, json: { type, subject, sequence, time, ...body } };
  }

  /** Ids begin with the run's, which the reader knows. */
  #short(id: string): string {
    return id.startsWith(`${this.#run}_`) ? id.slice(this.#run.length + 1) : id;
  }
}

async function* mapped<From, To>(source: AsyncIterable<From>, change: (one: From) => To): AsyncGenerator<To> {
  for await (const one of source) yield change(one);
}
