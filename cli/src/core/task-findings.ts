/** What a look at the data of a task shows, in words. */
import type { Problem } from './problem.ts';
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

export type TaskVerdict =
  | { readonly kind: 'fit'; readonly findings: TaskFindings; readonly warnings: readonly Problem[] }
  | { readonly kind: 'unfit'; readonly problems: readonly Problem[]; readonly warnings: readonly Problem[] };

export function findingsLines(found: TaskFindings): string[] {
  const { rows, expected, split } = found;
  const classes = found.classes === null ? '' : ` into ${found.classes.length} classes`;
  const test = rows.test === 0 ? 'no test rows' : `${rows.test} test rows`;
  const parts = `${expected.train} to train, ${expected.score} to score, ${expected.holdout} held out`;
  const reasons = split.evidence.filter((one) => one.decides).map((one) => one.finding);
  return [
    `${found.kind}${classes}, ${found.metric} (${found.direction})`,
    `${countText(rows.labelled, 'labelled row')} (${parts}), ${test}`,
    `features: ${kindsText(found.features)}`,
    `split ${split.by}: ${reasons.join(' ')}`,
  ];
}

/** `64 numeric`, `9 numeric, 1 categorical`. */
function kindsText(features: TaskFindings['features']): string {
  const counts = new Map<string, number>();
  for (const { kind } of features) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => `${count} ${kind}`).join(', ');
}
