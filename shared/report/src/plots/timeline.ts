/** What was at work when, by what it was for. */

import type { JobOutcome } from '@modelwright/contracts';
import * as Plot from '@observablehq/plot';
import type { Html } from '../html/html.ts';
import { durationText } from '../html/words.ts';
import { allSpans, atWork } from '../run/all-spans.ts';
import { ACTIVITIES, activityOf } from '../run/cost-of-honesty.ts';
import type { RunReport } from '../run/run-report.ts';
import { figure } from './drawing.ts';

const COLOUR = {
  preparing: '--muted',
  search: '--c2',
  scoring: '--accent',
  checks: '--c4',
  reseeding: '--c5',
  refit: '--c3',
  verification: '--good',
} as const;

/** Bars shorter than this could not be seen; they are drawn as long as this, in shares of the whole. */
const LEAST = 0.002;

export function timeline(run: RunReport, outcomes: readonly JobOutcome[]): Html | null {
  const { startedAt, end, seenAt } = run;
  const spans = allSpans(run, outcomes);
  if (startedAt === null || spans.length === 0) return null;
  const until = end?.at ?? seenAt;
  const least = LEAST * (until - startedAt);
  const minute = (at: number) => (at - startedAt) / 60_000;
  const bars = spans.flatMap((span) => {
    const { id, what, from, to, end: how } = span;
    const activity = activityOf(what);
    const title = `${what}: ${durationText((to ?? until) - from)}, ${how ?? 'under way'}\n${id}`;
    return atWork(span, until).map((part) => ({
      activity,
      from: minute(part.from),
      to: minute(Math.max(part.to, part.from + least)),
      colour: `var(${COLOUR[activity]})`,
      title,
    }));
  });
  const shown = ACTIVITIES.filter((one) => bars.some(({ activity }) => activity === one));
  return figure(
    {
      title: 'What was at work when',
      label: `Programs and workers over ${durationText(until - startedAt)}, in ${shown.length} rows: ${shown.join(', ')}`,
      caption: 'Where a bar is fuller, several were at work at once.',
    },
    (width) => ({
      height: 50 + 26 * shown.length,
      marginLeft: 80,
      x: {
        label: 'minutes since the start',
        domain: [0, minute(until)],
        grid: true,
        ticks: width === 'wide' ? 8 : 4,
      },
      y: { label: null, domain: [...shown], tickSize: 0 },
      marks: [
        Plot.barX(bars, {
          y: 'activity',
          x1: 'from',
          x2: 'to',
          fill: 'colour',
          fillOpacity: 0.45,
          title: 'title',
          insetTop: 2,
          insetBottom: 2,
        }),
      ],
    }),
  );
}
