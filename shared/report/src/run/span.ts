/** Who was at work when: programs, agents, and the manager's own workers. */
import type { RunEvent } from '@modelwright/contracts';

/** Times in milliseconds since the epoch, by the clock of whoever decided. */
export interface Span {
  readonly id: string;
  readonly kind: 'program' | 'assignment';
  /** Purpose of a program, such as `train`; role and action of an assignment, such as `grader score`. */
  readonly what: string;
  readonly candidate: string;
  readonly from: number;
  /** Null while it lasts. */
  readonly to: number | null;
  /** When an assignment waited for programs, holding nothing. */
  readonly waits: readonly Wait[];
  /** How it ended, such as `finished`, `timed-out`, `failed`; null while it lasts. */
  readonly end: string | null;
}

export interface Wait {
  readonly from: number;
  readonly to: number | null;
}

export type SpanEvent = Extract<RunEvent, { type: `assignment-${string}` | `job-${string}` }>;

export function isSpanEvent(event: RunEvent): event is SpanEvent {
  return event.type.startsWith('assignment-') || event.type.startsWith('job-');
}

export function foldSpan(spans: readonly Span[], event: SpanEvent, at: number): readonly Span[] {
  switch (event.type) {
    case 'assignment-opened':
      return [
        ...spans,
        begun(event.assignment, { kind: 'assignment', what: `${event.role} ${event.action}`, from: event }),
      ];
    case 'assignment-stopped':
      return changed(spans, event.assignment, (span) => ({
        ...span,
        waits: [...ended(span.waits, at), { from: at, to: null }],
      }));
    case 'assignment-resumed':
      return changed(spans, event.assignment, (span) => ({ ...span, waits: ended(span.waits, at) }));
    case 'assignment-closed':
      return closed(spans, event.assignment, at, event.failure === null ? 'finished' : 'failed');
    case 'job-opened':
      return [...spans, begun(event.job, { kind: 'program', what: event.purpose, from: event })];
    case 'job-closed':
      return closed(spans, event.job, at, event.end);
  }
}

function begun(
  id: string,
  {
    kind,
    what,
    from: { candidate, at },
  }: Pick<Span, 'kind' | 'what'> & { readonly from: { readonly candidate: string; readonly at: number } },
): Span {
  return { id, kind, what, candidate, from: at, to: null, waits: [], end: null };
}

/** Closed twice: a late final message of an assignment that was given up says nothing about time. */
function closed(spans: readonly Span[], id: string, at: number, end: string): readonly Span[] {
  return changed(spans, id, (span) =>
    span.to === null ? { ...span, to: at, end, waits: ended(span.waits, at) } : span,
  );
}

function ended(waits: readonly Wait[], at: number): readonly Wait[] {
  return waits.map((wait) => (wait.to === null ? { ...wait, to: at } : wait));
}

function changed(spans: readonly Span[], id: string, change: (span: Span) => Span): readonly Span[] {
  return spans.map((span) => (span.id === id ? change(span) : span));
}
