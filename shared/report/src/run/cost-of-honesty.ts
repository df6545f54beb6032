/** How much of a run's time went into knowing whether its number is true. */
import type { JobOutcome } from '@modelwright/contracts';
import { allSpans, atWork } from './all-spans.ts';
import type { RunReport } from './run-report.ts';
import { covered, type Stretch, union, without } from './stretch.ts';

/** `search` is what a run that believes its own numbers would do too; the others are the price of knowing. */
export const ACTIVITIES = [
  'preparing',
  'search',
  'scoring',
  'checks',
  'reseeding',
  'refit',
  'verification',
] as const;
export type Activity = (typeof ACTIVITIES)[number];

/** By purpose of a program, or by role and action; what is not named here is part of the search. */
const ACTIVITY: Readonly<Record<string, Activity>> = {
  infer: 'scoring',
  round: 'scoring',
  'grader score': 'scoring',
  'grader holdout': 'scoring',
  audit: 'checks',
  'grader audit': 'checks',
  // Trainings for the search are asked for by agents; those in the log are done again with other seeds.
  train: 'reseeding',
  'grader reseed': 'reseeding',
  refit: 'refit',
  'grader agreement': 'refit',
  verify: 'verification',
  'grader reproduce': 'verification',
  'delivery package': 'verification',
};

export interface ActivityTime {
  readonly activity: Activity;
  /** Sum over all programs and workers, several at once counted several times. Milliseconds, as below. */
  readonly busy: number;
  /** Wall clock during which at least one of them was at work. */
  readonly wall: number;
  /** Of that: nothing of the search or the preparation was at work, so that the run would have been shorter without. */
  readonly alone: number;
}

export interface HonestyCost {
  readonly wall: number;
  readonly activities: readonly ActivityTime[];
  /** Wall clock in which only scoring, checks, refit or verification were at work. */
  readonly alone: number;
}

/** Null before a run has begun. */
export function costOfHonesty(run: RunReport, outcomes: readonly JobOutcome[]): HonestyCost | null {
  const { startedAt, end, seenAt } = run;
  if (startedAt === null) return null;
  const until = end?.at ?? seenAt;
  const byActivity = Map.groupBy(allSpans(run, outcomes), ({ what }) => activityOf(what));
  const of = (activity: Activity) => (byActivity.get(activity) ?? []).flatMap((span) => atWork(span, until));
  const usual = union([...of('search'), ...of('preparing')]);
  const honest = ACTIVITIES.filter((activity) => !isUsual(activity)).flatMap(of);
  return {
    wall: until - startedAt,
    activities: ACTIVITIES.map((activity) => {
      const stretches = of(activity);
      const alone = isUsual(activity) ? 0 : covered(without(stretches, usual));
      return { activity, busy: lengthOf(stretches), wall: covered(stretches), alone };
    }),
    alone: covered(without(honest, usual)),
  };
}

export function activityOf(what: string): Activity {
  if (what.startsWith('setup ')) return 'preparing';
  return ACTIVITY[what] ?? 'search';
}

function isUsual(activity: Activity): boolean {
  return activity === 'search' || activity === 'preparing';
}

function lengthOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, { from, to }) => sum + to - from, 0);
}
