/** The history of a run as lines for people: decisions with reasons, agents' turns, output and curves of programs. */
import type {
  BodyOf,
  JobOutcome,
  logReported,
  metricsReported,
  RunRecord,
  TurnRecord,
} from '@modelwright/contracts';
import { eventText } from './text/event.ts';
import { bytesText, clockText, countText, durationText } from './text/quantity.ts';
import { harmless, oneLine } from './text/shorten.ts';

type LogReport = BodyOf<typeof logReported>;
type MetricsReport = BodyOf<typeof metricsReported>;

/** A decision, and what it made happen indented below. */
export function decisionLines(time: number, record: RunRecord): string[] {
  const events = record.events.map(eventText).filter((text) => text !== null);
  return [line(time, 'manager', oneLine(record.reason, 400)), ...events.map((text) => `          ${text}`)];
}

/** A record of an agent's transcript; `assignment` without the run's id before it. */
export function turnLines(assignment: string, record: TurnRecord): string[] {
  const text = turnText(record);
  return text === null ? [] : [line(record.at, assignment, text)];
}

function turnText(record: TurnRecord): string | null {
  switch (record.type) {
    case 'taken':
      return `taken by ${record.worker}`;
    case 'intent':
      return null;
    case 'reply':
      return [
        oneLine(record.text, 300),
        ...record.calls.map((call) => `→ ${call.name} ${oneLine(call.arguments, 160)}`),
      ]
        .filter((part) => part !== '')
        .join('  ');
    case 'unanswered':
      return `no answer from ${record.model}: ${oneLine(record.failure.message, 300)}`;
    case 'condensed':
      return `conversation condensed: ${record.reason}`;
    case 'parked':
      return `waits for ${record.condition.jobs.join(', ')}`;
    case 'result':
      return `← ${record.failed ? 'FAILED ' : ''}${oneLine(record.content, 300)}`;
    case 'finished':
      return finishedText(record);
  }
}

function finishedText({ final }: Extract<TurnRecord, { type: 'finished' }>): string {
  return final.outcome.status === 'done'
    ? `done in ${countText(final.spent.turns, 'turn')}`
    : `failed (${final.outcome.failure.kind}): ${oneLine(final.outcome.failure.message, 300)}`;
}

/** How a program ended, what it took, how it was held in. */
export function outcomeLines(time: number, outcome: JobOutcome): string[] {
  const cost = `${durationText(outcome.wallSeconds * 1000)}, ${bytesText(outcome.maxRssBytes)} of memory at most`;
  const { level, notes } = outcome.isolation;
  return [
    line(time, 'end', `${outcome.end}: ${oneLine(outcome.reason, 400)}`),
    `          attempt ${outcome.attempt} on ${outcome.runner}, ${cost}`,
    `          isolation ${level}${notes.length === 0 ? '' : ` (${notes.join('; ')})`}`,
  ];
}

/**
 * Output and curves of programs. A runner that was restarted may send a batch again, so lines are shown by number, each
 * once; old lines the server discarded are counted.
 */
export class ProgramOutput {
  readonly #next = new Map<string, number>();

  logLines(time: number, report: LogReport, job: string): string[] {
    const key = `${report.job} ${report.attempt} ${report.stream}`;
    return this.#fresh(key, report.first, report.lines, 'lines').map((text) =>
      line(time, job, report.stream === 'stderr' ? `! ${harmless(text)}` : harmless(text)),
    );
  }

  metricLines(report: MetricsReport, job: string): string[] {
    const key = `${report.job} ${report.attempt} metrics`;
    const values = valuesIn(report);
    const last = (values.at(-1)?.time ?? 0) * 1000;
    const texts = values.map(({ step, name, value }) => `step ${step}  ${name} ${value}`);
    return this.#fresh(key, report.first, texts, 'points').map((text) => line(last, job, harmless(text)));
  }

  /** What was not shown yet, in order, after a note on what is missing between. */
  #fresh(key: string, first: number, items: readonly string[], noun: string): string[] {
    const next = this.#next.get(key) ?? 0;
    const fresh = items.slice(Math.max(0, next - first));
    this.#next.set(key, Math.max(next, first + items.length));
    return first > next ? [`… ${first - next} ${noun} are no longer kept`, ...fresh] : fresh;
  }
}

/** Numbers and what is none, as many as lines were read, in the order in which the program wrote them. */
function valuesIn({ points, notFinite = [] }: MetricsReport) {
  const numbers = points.map((point) => ({ ...point, value: String(Number(point.value.toPrecision(6))) }));
  const flags = notFinite.map(({ is, ...where }) => ({ ...where, value: `${is}!` }));
  return [...numbers, ...flags].sort((a, b) => a.time - b.time);
}

function line(time: number, source: string, text: string): string {
  return `${clockText(time)}  ${source}  ${text}`;
}
