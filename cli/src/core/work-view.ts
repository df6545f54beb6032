/** What is being done for a run right now, and how the programs that ended were held in. */
import type { RunEvent } from '@modelwright/contracts';

/** An agent at work, or a program a decision asked for. Times in milliseconds since the epoch. */
export interface OpenWork {
  readonly id: string;
  readonly candidate: string;
  /** Such as `tuner tune` or `refit`. */
  readonly what: string;
  readonly since: number;
  /** Jobs an agent has stopped to wait for; empty while it works, and for a job. */
  readonly waitsFor: readonly string[];
}

export interface WorkView {
  readonly open: readonly OpenWork[];
  /** Programs that ended, by how they were held in. */
  readonly isolation: { readonly contained: number; readonly partial: number; readonly none: number };
  /** How programs ended, by end, such as `finished` or `timed-out`. */
  readonly ends: Readonly<Record<string, number>>;
}

export const NO_WORK: WorkView = { open: [], isolation: { contained: 0, partial: 0, none: 0 }, ends: {} };

export type WorkEvent = Extract<RunEvent, { type: `assignment-${string}` | `job-${string}` }>;

export function isWorkEvent(event: RunEvent): event is WorkEvent {
  return event.type.startsWith('assignment-') || event.type.startsWith('job-');
}

export function foldWork(view: WorkView, event: WorkEvent): WorkView {
  switch (event.type) {
    case 'assignment-opened':
      return opened(view, {
        id: event.assignment,
        candidate: event.candidate,
        what: event.role === event.action ? event.role : `${event.role} ${event.action}`,
        since: event.at,
        waitsFor: [],
      });
    case 'assignment-stopped':
      return changed(view, event.assignment, event.condition.jobs);
    case 'assignment-resumed':
      return changed(view, event.assignment, []);
    case 'assignment-closed':
      return closed(view, event.assignment);
    case 'job-opened':
      return opened(view, {
        id: event.job,
        candidate: event.candidate,
        what: event.purpose,
        since: event.at,
        waitsFor: [],
      });
    case 'job-closed':
      return {
        ...closed(view, event.job),
        isolation: { ...view.isolation, [event.isolation]: view.isolation[event.isolation] + 1 },
        ends: { ...view.ends, [event.end]: (view.ends[event.end] ?? 0) + 1 },
      };
  }
}

function opened(view: WorkView, work: OpenWork): WorkView {
  return { ...view, open: [...view.open.filter((other) => other.id !== work.id), work] };
}

function changed(view: WorkView, id: string, waitsFor: readonly string[]): WorkView {
  return { ...view, open: view.open.map((work) => (work.id === id ? { ...work, waitsFor } : work)) };
}

/** Agents that waited for it wait for one job less. */
function closed(view: WorkView, id: string): WorkView {
  return {
    ...view,
    open: view.open
      .filter((work) => work.id !== id)
      .map((work) => ({ ...work, waitsFor: work.waitsFor.filter((job) => job !== id) })),
  };
}
