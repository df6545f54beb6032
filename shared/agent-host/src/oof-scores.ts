/** Out-of-fold scores, computed by the harness: what an agent says of its own score is shown, never used. */
import type { Score, TreeRef } from '@modelwright/contracts';

export interface OofReport {
  /** Null when the output holds no out-of-fold predictions that can be scored. */
  readonly score: Score | null;
  /** One score a fold, in order of the folds; a fold without one is left out. */
  readonly folds: readonly number[];
  /** Where the predictions are wrong, in words; or why there is no score. */
  readonly diagnosis: string;
}

export interface OofScores {
  /** @param data The training dataset. @param output What the training left. */
  of(data: TreeRef, output: TreeRef): Promise<OofReport>;
}
