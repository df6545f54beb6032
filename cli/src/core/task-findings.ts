/** What a look at the data of a task has shown, in words. */
import { countText } from './text/quantity.ts';

export interface TaskFindings {
  readonly kind: string;
  readonly classes: readonly string[] | null;
  readonly metric: string;
  readonly direction: string;
  readonly rows: { readonly labelled: number; readonly unlabelled: number; readonly test: number };
  /** How the labelled rows would be divided. */
  readonly expected: { readonly train: number; readonly score: number; readonly holdout: number };
  readonly features: ReadonlyArray<{ readonly name: string; readonly kind: string }>;
  readonly split: {
    readonly by: string;
    readonly evidence: ReadonlyArray<{ readonly finding: string; readonly decides: boolean }>;
  };
}

export function findingsLines(found: TaskFindings): string[] {
  const { rows, expected, split } = found;
  const classes = found.classes === null ? '' : ` into ${found.classes.length} classes`;
  const unlabelled = rows.unlabelled === 0 ? '' : `, ${rows.unlabelled} without a label`;
  const test = rows.test === 0 ? 'none to predict' : `${rows.test} to predict`;
  const reasons = split.evidence.filter((one) => one.decides).map((one) => one.finding);
  return [
    `  ${found.kind}${classes}, ${found.metric} (${found.direction})`,
    `  ${countText(rows.labelled, 'labelled row')}${unlabelled}, ${test}`,
    `  ${expected.train} to train, ${expected.score} to score, ${expected.holdout} held out, split ${split.by}: ${reasons.join(' ')}`,
    `  features: ${kindsText(found.features)}`,
  ];
}

/** `64 numeric`, `9 numeric, 1 categorical`. */
function kindsText(features: TaskFindings['features']): string {
  const counts = new Map<string, number>();
  for (const { kind } of features) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => `${count} ${kind}`).join(', ');
}
