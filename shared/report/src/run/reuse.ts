/** What it saves that a version's predictions are made once and kept: they are read again whenever another is compared with it. */
import type { RunRecord } from '@modelwright/contracts';
import type { RunReport } from './run-report.ts';

export interface Reuse {
  /** Programs that made predictions of hidden rows, and how long they took together, in milliseconds. */
  readonly made: number;
  readonly madeMilliseconds: number;
  /** Times that kept predictions were read again. */
  readonly again: number;
  /** What making them again each time would have taken, at the mean of those that were made. */
  readonly savedMilliseconds: number;
}

export function reuseOfPredictions(records: readonly RunRecord[], { spans }: RunReport): Reuse {
  const took = spans.flatMap(({ what, from, to }) => (what === 'infer' && to !== null ? [to - from] : []));
  const madeMilliseconds = took.reduce((sum, one) => sum + one, 0);
  const again = records.flatMap(({ effects }) => effects).reduce((sum, effect) => sum + readAgain(effect), 0);
  const mean = took.length === 0 ? 0 : madeMilliseconds / took.length;
  return { made: took.length, madeMilliseconds, again, savedMilliseconds: again * mean };
}

/** A paired comparison reads those of the best so far. */
function readAgain(effect: RunRecord['effects'][number]): number {
  if (effect.type !== 'assign') return 0;
  const { work } = effect.assignment;
  if (work.role === 'grader' && work.action === 'score') return work.against === null ? 0 : 1;
  return 0;
}
