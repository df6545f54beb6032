/**
 * Everything that was at work in a run. The log has agents, the manager's workers, and the programs it asked for itself;
 * the programs that agents asked for, above all trainings, are known by their outcomes alone.
 */
import type { JobOutcome } from '@modelwright/contracts';
import type { RunReport } from './run-report.ts';
import type { Span } from './span.ts';
import { type Stretch, without } from './stretch.ts';

export function allSpans({ spans }: RunReport, outcomes: readonly JobOutcome[]): Span[] {
  const known = new Set(spans.map(({ id }) => id));
  const ofAgents = outcomes.flatMap((outcome): Span[] =>
    known.has(outcome.job)
      ? []
      : [
          {
            id: outcome.job,
            kind: 'program',
            what: 'program of an agent',
            candidate: '',
            from: outcome.startedAt,
            to: outcome.endedAt,
            waits: [],
            end: outcome.end,
          },
        ],
  );
  return [...spans, ...ofAgents];
}

/** An assignment that waits for programs does nothing meanwhile: they are counted themselves. */
export function atWork({ from, to, waits }: Span, until: number): Stretch[] {
  const rests = waits.map((wait) => ({ from: wait.from, to: wait.to ?? until }));
  return without([{ from, to: to ?? until }], rests);
}
