/** The live block: all of a run that a person wants to see at once, drawn again and again in one place. */
import { moneyLines } from './cost.ts';
import { leaderboardLines } from './leaderboard.ts';
import type { RunView } from './run-view.ts';
import { countText, durationText } from './text/quantity.ts';
import type { OpenWork } from './work-view.ts';

const MOST_WORK_SHOWN = 6;

export interface Frame {
  readonly run: string;
  readonly now: number;
  readonly width: number;
}

export function runBlock(view: RunView, frame: Frame): string[] {
  const width = Math.max(20, frame.width - 1);
  return [
    `${frame.run}   ${view.phase}   ${timesText(view, frame.now)}`,
    ...leaderboardLines(view, width),
    ...workLines(view.work.open, frame.now),
    ...moneyLines(view),
    ...takenOverLines(view),
    ...isolationLines(view),
    ...attentionLines(view),
  ].map((line) => line.slice(0, width));
}

/** Time gone and time left, as far as they are known. */
export function timesText(view: RunView, now: number): string {
  if (view.startedAt === null || view.deadline === null) return 'waiting for a manager';
  if (view.end !== null) return `took ${durationText(view.end.at - view.startedAt)}`;
  return `${durationText(now - view.startedAt)} gone, at most ${durationText(view.deadline - now)} left`;
}

function workLines(open: readonly OpenWork[], now: number): string[] {
  const shown = open.slice(-MOST_WORK_SHOWN).map((work) => `  ${workText(work, now)}`);
  const hidden = open.length - shown.length;
  return hidden > 0 ? [...shown, `  and ${hidden} more at work`] : shown;
}

export function workText(work: OpenWork, now: number): string {
  const waiting =
    work.waitsFor.length === 0 ? '' : `, waits for ${countText(work.waitsFor.length, 'program')}`;
  return `${work.candidate} ${work.what}${waiting}, ${durationText(now - work.since)}`;
}

/** What must be said aloud when a program ran with nothing to hold it in; empty otherwise. */
export function isolationLines(view: RunView): string[] {
  const { none } = view.work.isolation;
  if (none === 0) return [];
  return [
    `WARNING: isolation: none for ${countText(none, 'program')}: generated code was not contained.`,
    '  Labels were sealed, not isolated. modelwright doctor says what is missing.',
  ];
}

export function takenOverLines(view: RunView): string[] {
  return view.takenOver.map(({ role, reason }) => `the playbook answers as ${role}: ${reason}`);
}

export function attentionLines(view: RunView): string[] {
  return view.attention.map(({ subject, reason }) => `NEEDS ATTENTION: ${subject}: ${reason}`);
}
